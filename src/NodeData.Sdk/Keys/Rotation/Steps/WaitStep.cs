namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Waits for the end of the overlap, and reports if the old key is still in use. The overlap ends early if the old key is revoked or expires.
/// </summary>
internal static class WaitStep
{
    private const int MaxChecks = 12;
    private static readonly TimeSpan MinCheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxCheckInterval = TimeSpan.FromMinutes(15);

    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var calls = rotation.Calls;
        var interval = TimeSpan.FromTicks(
            Math.Clamp(rotation.Record.Overlap.Ticks / MaxChecks, MinCheckInterval.Ticks, MaxCheckInterval.Ticks)
        );
        rotation.ReportProgress(
            ApiKeyRotationEvent.Overlapping,
            $"Both keys are valid until {rotation.Record.OverlapEndsAt:u}; then the old key is revoked."
        );
        while (rotation.Record.OverlapEndsAt is { } end && calls.Now < end)
        {
            await Delay.UntilAsync(end, interval, calls.Time, cancellationToken).ConfigureAwait(false);
            if (await CheckOldKeyAsync(rotation, cancellationToken).ConfigureAwait(false))
            {
                rotation.Record = rotation.Record with { OverlapEndsAt = calls.Now };
                rotation.ReportProgress(ApiKeyRotationEvent.OldKeyNoLongerActive, "The old key is no longer valid; the overlap ends now.");
            }
        }
    }

    /// <summary>Checks when the old key was last used, and whether it is revoked or expired. A failed check does not fail the rotation.</summary>
    private static async Task<bool> CheckOldKeyAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        try
        {
            var oldKey = await rotation.Calls.FindAsync(rotation.Record.OldKeyId, cancellationToken).ConfigureAwait(false);
            rotation.RecordOldKeyUse(oldKey);
            return oldKey is null || oldKey.IsRevokedOrExpired(rotation.Calls.Now);
        }
        catch (NodeDataException exception)
        {
            rotation.ReportProgress(
                ApiKeyRotationEvent.OldKeyCheckFailed,
                $"The old key could not be read ({exception.GetType().Name}); retrying later."
            );
            return false;
        }
    }
}
