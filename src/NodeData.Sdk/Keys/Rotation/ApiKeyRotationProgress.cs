namespace NodeData.Sdk;

/// <summary>Represents a step that a rotation has just completed or is about to start, as data and as a message. Contains no secret. Immutable.</summary>
/// <param name="RotationId">The ID of the rotation.</param>
/// <param name="Stage">The stage that the rotation has reached.</param>
/// <param name="Message">The message, in terms of this library.</param>
/// <param name="Timestamp">The time at which the event occurred, on the client's clock.</param>
public sealed record ApiKeyRotationProgress(string RotationId, ApiKeyRotationStage Stage, string Message, DateTimeOffset Timestamp)
{
    /// <summary>The event.</summary>
    public required ApiKeyRotationEvent Event { get; init; }

    /// <summary>The name of the new key, including the suffix of the rotation.</summary>
    public required string NewKeyName { get; init; }

    /// <summary>The ID of the new key; null if there is none yet.</summary>
    public string? NewKeyId { get; init; }

    /// <summary>The sink to which a key is being deployed; null for other events.</summary>
    public string? Sink { get; init; }

    /// <summary>The key of this rotation that was revoked; null for other events.</summary>
    public string? RevokedKeyId { get; init; }

    /// <summary>The time at which the overlap ends; null if it has not started.</summary>
    public DateTimeOffset? OverlapEndsAt { get; init; }

    /// <summary>The time at which the old key was last used, as of the last check; null if it was never used, or if the service did not return it.</summary>
    public DateTimeOffset? OldKeyLastUsedAt { get; init; }

    /// <summary>true if the old key was used after the new one was deployed, so that an application has not switched yet; otherwise, false.</summary>
    public bool IsOldKeyStillInUse => Event == ApiKeyRotationEvent.OldKeyStillInUse;
}
