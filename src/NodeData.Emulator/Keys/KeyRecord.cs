using NodeData.Emulator.Responses;
using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>A stored key, without its text. Times are Unix timestamps in milliseconds.</summary>
internal sealed record KeyRecord
{
    /// <summary>The position in the order of creation; 0 before the key is stored.</summary>
    public long Sequence { get; init; }

    public required string Id { get; init; }

    public required KeyMode Mode { get; init; }

    public required string Name { get; init; }

    /// <summary>The scopes; empty for full access.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required string Hint { get; init; }

    public required long CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? LastUsedAt { get; init; }

    public long? RevokedAt { get; init; }

    public bool HasFullAccess => Scopes.Count == 0;

    public bool IsRevoked => RevokedAt is not null;

    public bool IsExpiredAt(long now) => ExpiresAt <= now;

    /// <summary>Returns the key in the shape of a response.</summary>
    public KeyObject ToObject(long now, string? secret = null) =>
        new()
        {
            Id = Id,
            Name = Name,
            Mode = Mode.ToWireValue(),
            Scopes = Scopes,
            Hint = Hint,
            Status =
                IsRevoked ? "revoked"
                : IsExpiredAt(now) ? "expired"
                : "active",
            CreatedAt = WireTime.Format(CreatedAt),
            ExpiresAt = WireTime.Format(ExpiresAt),
            LastUsedAt = WireTime.Format(LastUsedAt),
            RevokedAt = WireTime.Format(RevokedAt),
            Secret = secret,
        };
}
