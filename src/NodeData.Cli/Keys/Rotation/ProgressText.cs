using NodeData.Cli.Output;
using NodeData.Sdk;

// Every event, and no other value, comes from the client that the tool is built with.
#pragma warning disable CS8524

namespace NodeData.Cli.Keys.Rotation;

/// <summary>What happens in a rotation, in the tool's words. An event that is missing here does not compile.</summary>
internal static class ProgressText
{
    /// <returns>The line; null where it is told elsewhere.</returns>
    public static string? Of(KeyRotationProgress told) =>
        told.Event switch
        {
            KeyRotationEvent.Begun => "Begun.",
            KeyRotationEvent.BegunWithOverlapCut => "Begun; the overlap is cut to what is left of the old key's life.",
            KeyRotationEvent.GoesOn => $"Goes on from where it stopped, which was while {told.Stage}.",
            KeyRotationEvent.Creating => $"Asking for the key {told.NewKeyName}.",
            KeyRotationEvent.Created => $"Have the key {told.NewKeyId}.",
            KeyRotationEvent.Replacing => "The secret of the key before cannot be had again: a replacement is made.",
            KeyRotationEvent.NotAcceptedYet => $"The key {told.NewKeyId} is not accepted yet; looking again.",
            KeyRotationEvent.Proven => $"The key {told.NewKeyId} works.",
            KeyRotationEvent.Deploying => told.Stage == KeyRotationStage.Withdrawing
                ? $"Putting the old key back into {told.Sink}."
                : $"Deploying {told.NewKeyId} to {told.Sink}.",
            KeyRotationEvent.Deployed => "Every place has the new key; both keys are accepted.",
            KeyRotationEvent.OwnKeySwapped => "node-data uses the new key from now on.",
            KeyRotationEvent.OwnKeyLeftAlone => "node-data uses another key than the old one, and goes on with that.",
            KeyRotationEvent.Overlapping => told.OverlapEndsAt is { } end
                ? $"Both keys are accepted until {Cell.Moment(end)}; then the old one is revoked."
                : "Both keys are accepted.",
            // The client's own log warns of it.
            KeyRotationEvent.OldKeyStillUsed => null,
            KeyRotationEvent.LookFailed => "Could not look at the old key; looking again later.",
            KeyRotationEvent.OldKeyGone => "The old key is not accepted any more; there is nothing left to wait for.",
            KeyRotationEvent.Revoked => $"Revoked {told.RevokedKeyId}, which this rotation made.",
            KeyRotationEvent.Completed => "The old key is revoked, and the new one is in its place.",
            KeyRotationEvent.PutBack => "The old key is back in every place; both keys are accepted.",
            KeyRotationEvent.OwnKeyPutBack => "node-data uses the old key again.",
            KeyRotationEvent.Aborted => "The old key is in its place, and what this rotation made is revoked.",
            // The line that the tool ends with says it.
            KeyRotationEvent.Stopped or KeyRotationEvent.Cancelled => null,
        };
}
