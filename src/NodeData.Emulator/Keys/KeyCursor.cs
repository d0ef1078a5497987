using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NodeData.Emulator.Keys;

/// <summary>
/// A place in the list of keys, behind which the next page begins: a place and not a count, so that keys made meanwhile move nothing. On the wire it is
/// opaque, and carries a check so that a text that was not handed out here is refused.
/// </summary>
internal readonly record struct KeyCursor(long CreatedAt, long Sequence)
{
    private const int PositionLength = 16;
    private const int ChecksumLength = 4;

    /// <summary>Before the newest key.</summary>
    public static KeyCursor Start { get; } = new(long.MaxValue, long.MaxValue);

    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[PositionLength + ChecksumLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Sequence);
        ComputeChecksum(bytes[..PositionLength]).CopyTo(bytes[PositionLength..]);
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Reads a cursor; null where the text is none of ours.</summary>
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
