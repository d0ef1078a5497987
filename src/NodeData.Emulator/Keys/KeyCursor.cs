using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NodeData.Emulator.Keys;

/// <summary>
/// The position in the list of keys after which the next page starts: a position, not an offset, so that keys created meanwhile do not shift pages. The encoded
/// cursor is opaque and contains a checksum, so that other text is rejected.
/// </summary>
internal readonly record struct KeyCursor(long CreatedAt, long Sequence)
{
    private const int PositionLength = 16;
    private const int ChecksumLength = 4;

    /// <summary>The position before the newest key.</summary>
    public static KeyCursor Start { get; } = new(long.MaxValue, long.MaxValue);

    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[PositionLength + ChecksumLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Sequence);
        ComputeChecksum(bytes[..PositionLength]).CopyTo(bytes[PositionLength..]);
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Decodes a cursor; returns null if the text is not a valid cursor.</summary>
    public static KeyCursor? TryDecode(string text)
    {
        Span<byte> bytes = stackalloc byte[PositionLength + ChecksumLength];
        var base64 = text.Replace('-', '+').Replace('_', '/') + "=";
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length != bytes.Length)
        {
            return null;
        }

        return bytes[PositionLength..].SequenceEqual(ComputeChecksum(bytes[..PositionLength]))
            ? new KeyCursor(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]))
            : null;
    }

    private static ReadOnlySpan<byte> ComputeChecksum(ReadOnlySpan<byte> position) => SHA256.HashData(position).AsSpan(0, ChecksumLength);
}
