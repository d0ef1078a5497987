namespace NodeData.Sdk;

/// <summary>What a rotation just did, or is about to do, as data and as a sentence. Holds no secret; immutable.</summary>
/// <param name="RotationId">The rotation.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Message">What happens, for people who know this library's words.</param>
/// <param name="Timestamp">When, on the client's clock.</param>
public sealed record ApiKeyRotationProgress(string RotationId, ApiKeyRotationStage Stage, string Message, DateTimeOffset Timestamp)
{
    /// <summary>What happens.</summary>
    public required ApiKeyRotationEvent Event { get; init; }

    /// <summary>The new key's name, with the rotation's own suffix.</summary>
    public required string NewKeyName { get; init; }

    /// <summary>The new key's id; null where there is none yet.</summary>
    public string? NewKeyId { get; init; }

    /// <summary>The sink that a key is being brought to; null where it is not about one.</summary>
    public string? Sink { get; init; }

    /// <summary>The key of this rotation that was revoked; null where it is not about one.</summary>
    public string? RevokedKeyId { get; init; }

    /// <summary>When the overlap is over; null where it has not begun.</summary>
    public DateTimeOffset? OverlapEndsAt { get; init; }

    /// <summary>When the old key was last used, as far as it was looked at; null for never, or where the service did not say.</summary>
    public DateTimeOffset? OldKeyLastUsedAt { get; init; }

    /// <summary>Whether somebody used the old key after the new one was deployed: look for who has not taken it yet.</summary>
    public bool IsOldKeyStillInUse => Event == ApiKeyRotationEvent.OldKeyStillInUse;
}
