namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Lets the overlap pass, and says so where somebody still uses the old key. An old key that is over by itself ends the overlap.</summary>
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
            $"Both keys are accepted until {rotation.Record.OverlapEndsAt:u}; then the old one is revoked."
        );
        while (rotation.Record.OverlapEndsAt is { } end && calls.Now < end)
        {
            await Delay.UntilAsync(end, interval, calls.Time, cancellationToken).ConfigureAwait(false);
            if (await CheckOldKeyAsync(rotation, cancellationToken).ConfigureAwait(false))
            {
                rotation.Record = rotation.Record with { OverlapEndsAt = calls.Now };
                rotation.ReportProgress(
                    ApiKeyRotationEvent.OldKeyNoLongerActive,
                    "The old key is not accepted any more; there is nothing left to wait for."
                );
            }
        }
    }

    /// <summary>Looks at the old key's last use, and whether it is over. A look that fails is not worth a rotation.</summary>
    private static async Task<bool> CheckOldKeyAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        try
        {
            var oldKey = await rotation.Calls.FindAsync(rotation.Record.OldKeyId, cancellationToken).ConfigureAwait(false);
            rotation.RecordOldKeyUse(oldKey);
            return oldKey is null || oldKey.IsRevokedOrExpired(rotation.Calls.Now);
        }
        catch (NodeDataException failure)
        {
            rotation.ReportProgress(
                ApiKeyRotationEvent.OldKeyCheckFailed,
                $"Could not look at the old key ({failure.GetType().Name}); looking again later."
            );
            return false;
        }
    }
}
