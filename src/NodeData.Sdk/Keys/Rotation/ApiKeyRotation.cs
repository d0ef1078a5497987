using System.Globalization;

namespace NodeData.Sdk;

/// <summary>The receipt of a rotation: what it has done until now. Ids, hints and times; no secret. Immutable.</summary>
/// <param name="RotationId">The rotation, for <see cref="KeysClient.CompleteKeyRotationAsync"/> and <see cref="KeysClient.RollBackKeyRotationAsync"/>.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="OldKeyId">The id of the key that is replaced.</param>
public sealed record ApiKeyRotation(string RotationId, ApiKeyRotationStage Stage, string OldKeyId)
{
    /// <summary>How the old key may be shown; null where the service did not say.</summary>
    public string? OldKeyHint { get; init; }

    /// <summary>The mode of both keys.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The new key's id; null where none was deployed.</summary>
    public string? NewKeyId { get; init; }

    /// <summary>How the new key may be shown; null where none was deployed.</summary>
    public string? NewKeyHint { get; init; }

    /// <summary>The new key's name, with the rotation's own suffix.</summary>
    public required string NewKeyName { get; init; }

    /// <summary>What the new key may do.</summary>
    public required ApiKeyScopeSet Scopes { get; init; }

    /// <summary>Until when the new key is accepted; null for ever.</summary>
    public DateTimeOffset? NewKeyExpiresAt { get; init; }

    /// <summary>When the rotation began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When every sink had the new key; null where it has not come to that.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>When the overlap is over; null where it has not begun.</summary>
    public DateTimeOffset? OverlapEndsAt { get; init; }

    /// <summary>
    /// Whether this client's own credential was swapped for the new key. False where the client uses another key than the old one, or has the new one from
    /// elsewhere.
    /// </summary>
    public bool IsClientKeySwitched { get; init; }

    /// <summary>When the old key was last used, as far as it was looked at; null for never, or where the service did not say.</summary>
    public DateTimeOffset? OldKeyLastUsedAt { get; init; }

    /// <summary>Whether somebody used the old key after the new one was deployed.</summary>
    public bool HasOldKeyBeenUsedDuringOverlap => OldKeyLastUsedAt > DeployedAt;

    /// <summary>When the old key was revoked; null where it was not.</summary>
    public DateTimeOffset? OldKeyRevokedAt { get; init; }

    /// <summary>When the rotation was completed or aborted; null while it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether the new key alone is in place of the old one.</summary>
    public bool IsCompleted => Stage == ApiKeyRotationStage.Completed;

    /// <summary>The receipt in one line.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{RotationId} {Stage}: {OldKeyId} ({OldKeyHint ?? "no hint"}) to {NewKeyId ?? "no key yet"} ({NewKeyHint ?? "no hint"})"
                + $"{FormatTime("deployed", DeployedAt)}{FormatTime("overlap until", OverlapEndsAt)}{FormatTime("old key revoked", OldKeyRevokedAt)}"
                + $"{(IsClientKeySwitched ? ", own key swapped" : "")}{(HasOldKeyBeenUsedDuringOverlap ? ", old key still used during the overlap" : "")}"
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
