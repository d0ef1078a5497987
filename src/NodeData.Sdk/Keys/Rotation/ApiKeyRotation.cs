using System.Globalization;

namespace NodeData.Sdk;

/// <summary>Represents the result of a rotation, or its progress so far: IDs, masked keys and times, without a secret. Immutable.</summary>
/// <param name="RotationId">
/// The ID of the rotation, for <see cref="KeysClient.CompleteKeyRotationAsync"/> and <see cref="KeysClient.RollBackKeyRotationAsync"/>.
/// </param>
/// <param name="Stage">The stage that the rotation has reached.</param>
/// <param name="OldKeyId">The ID of the key that is rotated.</param>
public sealed record ApiKeyRotation(string RotationId, ApiKeyRotationStage Stage, string OldKeyId)
{
    /// <summary>The masked form of the old key; null if the service did not return it.</summary>
    public string? OldKeyHint { get; init; }

    /// <summary>The mode of both keys.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The ID of the new key; null if none was deployed.</summary>
    public string? NewKeyId { get; init; }

    /// <summary>The masked form of the new key; null if none was deployed.</summary>
    public string? NewKeyHint { get; init; }

    /// <summary>The name of the new key, including the suffix of the rotation.</summary>
    public required string NewKeyName { get; init; }

    /// <summary>The scopes of the new key.</summary>
    public required ApiKeyScopeSet Scopes { get; init; }

    /// <summary>The time at which the new key expires; null if it does not expire.</summary>
    public DateTimeOffset? NewKeyExpiresAt { get; init; }

    /// <summary>The time at which the rotation started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The time at which the new key was deployed to every sink; null if that has not happened.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>The time at which the overlap ends; null if it has not started.</summary>
    public DateTimeOffset? OverlapEndsAt { get; init; }

    /// <summary>
    /// true if this client was switched to the new key; otherwise, false: the client did not use the old key, or its provider returns the new one.
    /// </summary>
    public bool IsClientKeySwitched { get; init; }

    /// <summary>The time at which the old key was last used, as of the last check; null if it was never used, or if the service did not return it.</summary>
    public DateTimeOffset? OldKeyLastUsedAt { get; init; }

    /// <summary>true if the old key was used after the new one was deployed; otherwise, false.</summary>
    public bool HasOldKeyBeenUsedDuringOverlap => OldKeyLastUsedAt > DeployedAt;

    /// <summary>The time at which the old key was revoked; null if it is not revoked.</summary>
    public DateTimeOffset? OldKeyRevokedAt { get; init; }

    /// <summary>The time at which the rotation was completed or rolled back; null if it is still in progress.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>true if the rotation is completed (the old key is revoked and replaced by the new one); otherwise, false.</summary>
    public bool IsCompleted => Stage == ApiKeyRotationStage.Completed;

    /// <summary>Returns the result as one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{RotationId} {Stage}: {OldKeyId} ({OldKeyHint ?? "no hint"}) to {NewKeyId ?? "no key yet"} ({NewKeyHint ?? "no hint"})"
                + $"{FormatTime("deployed", DeployedAt)}{FormatTime("overlap until", OverlapEndsAt)}{FormatTime("old key revoked", OldKeyRevokedAt)}"
                + $"{(IsClientKeySwitched ? ", client key switched" : "")}{(HasOldKeyBeenUsedDuringOverlap ? ", old key still used during the overlap" : "")}"
        );

    internal static ApiKeyRotation FromRecord(ApiKeyRotationRecord record)
    {
        var attempt = record.Current;
        return new ApiKeyRotation(record.RotationId, record.Stage, record.OldKeyId)
        {
            OldKeyHint = record.OldKeyHint,
            Mode = record.Mode,
            NewKeyId = attempt.KeyId,
            NewKeyHint = attempt.KeyHint,
            NewKeyName = attempt.Name,
            Scopes = record.Scopes,
            NewKeyExpiresAt = attempt.ExpiresAt,
            StartedAt = record.StartedAt,
            DeployedAt = record.DeployedAt,
            OverlapEndsAt = record.OverlapEndsAt,
            IsClientKeySwitched = record.IsClientKeySwitched,
            OldKeyLastUsedAt = record.OldKeyLastUsedAt,
            OldKeyRevokedAt = record.OldKeyRevokedAt,
            FinishedAt = record.FinishedAt,
        };
    }

    private static string FormatTime(string label, DateTimeOffset? moment) =>
        moment is { } time ? string.Create(CultureInfo.InvariantCulture, $", {label} {time.UtcDateTime:u}") : "";
}
