using NodeData.Cli.Output;
using NodeData.Sdk;

// Every event, and no other value, comes from the client that the tool is built with.
#pragma warning disable CS8524

namespace NodeData.Cli.Keys.Rotation;

/// <summary>What happens in a rotation, in the tool's words. An event that is missing here does not compile.</summary>
internal static class ProgressText
{
    /// <returns>The line; null where it is told elsewhere.</returns>
    public static string? Format(ApiKeyRotationProgress progress) =>
        progress.Event switch
        {
            ApiKeyRotationEvent.Started => "Begun.",
            ApiKeyRotationEvent.StartedWithShortenedOverlap => "Begun; the overlap is cut to what is left of the old key's life.",
            ApiKeyRotationEvent.Resumed => $"Goes on from where it stopped, which was while {progress.Stage}.",
            ApiKeyRotationEvent.Creating => $"Asking for the key {progress.NewKeyName}.",
            ApiKeyRotationEvent.Created => $"Have the key {progress.NewKeyId}.",
            ApiKeyRotationEvent.Replacing => "The secret of the key before cannot be had again: a replacement is made.",
            ApiKeyRotationEvent.NotAcceptedYet => $"The key {progress.NewKeyId} is not accepted yet; looking again.",
            ApiKeyRotationEvent.Verified => $"The key {progress.NewKeyId} works.",
            ApiKeyRotationEvent.Deploying => progress.Stage == ApiKeyRotationStage.RollingBack
                ? $"Putting the old key back into {progress.Sink}."
                : $"Deploying {progress.NewKeyId} to {progress.Sink}.",
            ApiKeyRotationEvent.Deployed => "Every place has the new key; both keys are accepted.",
            ApiKeyRotationEvent.ClientKeySwitched => "node-data uses the new key from now on.",
            ApiKeyRotationEvent.ClientKeyUnchanged => "node-data uses another key than the old one, and goes on with that.",
            ApiKeyRotationEvent.Overlapping => progress.OverlapEndsAt is { } end
                ? $"Both keys are accepted until {Cell.FormatTime(end)}; then the old one is revoked."
                : "Both keys are accepted.",
            // The client's own log warns of it.
            ApiKeyRotationEvent.OldKeyStillInUse => null,
            ApiKeyRotationEvent.OldKeyCheckFailed => "Could not look at the old key; looking again later.",
            ApiKeyRotationEvent.OldKeyNoLongerActive => "The old key is not accepted any more; there is nothing left to wait for.",
            ApiKeyRotationEvent.Revoked => $"Revoked {progress.RevokedKeyId}, which this rotation made.",
            ApiKeyRotationEvent.Completed => "The old key is revoked, and the new one is in its place.",
            ApiKeyRotationEvent.OldKeyRestored => "The old key is back in every place; both keys are accepted.",
            ApiKeyRotationEvent.ClientKeyRestored => "node-data uses the old key again.",
            ApiKeyRotationEvent.RolledBack => "The old key is in its place, and what this rotation made is revoked.",
            // The line that the tool ends with says it.
            ApiKeyRotationEvent.Failed or ApiKeyRotationEvent.Canceled => null,
        };
}
