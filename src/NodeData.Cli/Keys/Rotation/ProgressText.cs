using NodeData.Cli.Output;
using NodeData.Sdk;

// The client that the tool is built with returns no other values.
#pragma warning disable CS8524

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Formats the progress of a rotation. An event that is missing here does not compile.</summary>
internal static class ProgressText
{
    /// <returns>The line; null if the event is reported elsewhere.</returns>
    public static string? Format(ApiKeyRotationProgress progress) =>
        progress.Event switch
        {
            ApiKeyRotationEvent.Started => "Started.",
            ApiKeyRotationEvent.StartedWithShortenedOverlap =>
                "Started; the overlap is shortened to the remaining lifetime of the old key.",
            ApiKeyRotationEvent.Resumed => $"Resumed in stage {progress.Stage}.",
            ApiKeyRotationEvent.Creating => $"Creating the key {progress.NewKeyName}.",
            ApiKeyRotationEvent.Created => $"Created the key {progress.NewKeyId}.",
            ApiKeyRotationEvent.Replacing => "The secret of the previous new key is lost; creating a replacement.",
            ApiKeyRotationEvent.NotAcceptedYet => $"The key {progress.NewKeyId} is not accepted yet; checking again.",
            ApiKeyRotationEvent.Verified => $"The key {progress.NewKeyId} works.",
            ApiKeyRotationEvent.Deploying => progress.Stage == ApiKeyRotationStage.RollingBack
                ? $"Restoring the old key in {progress.Sink}."
                : $"Deploying {progress.NewKeyId} to {progress.Sink}.",
            ApiKeyRotationEvent.Deployed => "Deployed to every sink; both keys are valid.",
            ApiKeyRotationEvent.ClientKeySwitched => "node-data now uses the new key.",
            ApiKeyRotationEvent.ClientKeyUnchanged => "node-data does not use the old key, so its key is unchanged.",
            ApiKeyRotationEvent.Overlapping => progress.OverlapEndsAt is { } end
                ? $"Both keys are valid until {Cell.FormatTime(end)}; then the old one is revoked."
                : "Both keys are valid.",
            // The client logs a warning.
            ApiKeyRotationEvent.OldKeyStillInUse => null,
            ApiKeyRotationEvent.OldKeyCheckFailed => "The old key could not be checked; checking again later.",
            ApiKeyRotationEvent.OldKeyNoLongerActive => "The old key is no longer valid, so there is nothing to wait for.",
            ApiKeyRotationEvent.Revoked => $"Revoked {progress.RevokedKeyId}, which this rotation created.",
            ApiKeyRotationEvent.Completed => "The old key is revoked, and the new one replaces it.",
            ApiKeyRotationEvent.OldKeyRestored => "The old key is restored in every sink; both keys are valid.",
            ApiKeyRotationEvent.ClientKeyRestored => "node-data uses the old key again.",
            ApiKeyRotationEvent.RolledBack => "Rolled back: the old key is active, and the keys that this rotation created are revoked.",
            // The last line of the tool reports it.
            ApiKeyRotationEvent.Failed or ApiKeyRotationEvent.Canceled => null,
        };
}
