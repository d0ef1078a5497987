namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Lets the overlap pass, and says so where somebody still uses the old key. An old key that is over by itself ends the overlap.</summary>
internal static class WaitStep
{
    private const int Looks = 12;
    private static readonly TimeSpan LeastBetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostBetweenLooks = TimeSpan.FromMinutes(15);

    public static async Task RunAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        var calls = rotation.Calls;
        var between = TimeSpan.FromTicks(
            Math.Clamp(rotation.Record.Overlap.Ticks / Looks, LeastBetweenLooks.Ticks, MostBetweenLooks.Ticks)
        );
        rotation.Tell(
            ApiKeyRotationEvent.Overlapping,
            $"Both keys are accepted until {rotation.Record.OverlapEndsAt:u}; then the old one is revoked."
        );
        while (rotation.Record.OverlapEndsAt is { } end && calls.Now < end)
        {
            await Pause.UntilAsync(end, between, calls.Time, cancellationToken).ConfigureAwait(false);
            if (await LookAsync(rotation, cancellationToken).ConfigureAwait(false))
            {
                rotation.Record = rotation.Record with { OverlapEndsAt = calls.Now };
                rotation.Tell(
                    ApiKeyRotationEvent.OldKeyNoLongerActive,
                    "The old key is not accepted any more; there is nothing left to wait for."
                );
            }
        }
    }

    /// <summary>Looks at the old key's last use, and whether it is over. A look that fails is not worth a rotation.</summary>
    private static async Task<bool> LookAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        try
        {
            var old = await rotation.Calls.FindAsync(rotation.Record.OldKeyId, cancellationToken).ConfigureAwait(false);
            rotation.NoteUse(old);
            return old is null || old.IsOver(rotation.Calls.Now);
        }
        catch (NodeDataException failure)
        {
            rotation.Tell(
                ApiKeyRotationEvent.OldKeyCheckFailed,
                $"Could not look at the old key ({failure.GetType().Name}); looking again later."
            );
            return false;
        }
    }
}
