namespace NodeData.Sdk;

/// <summary>Delays until a point in time.</summary>
internal static class Delay
{
    /// <summary>Waits until <paramref name="moment"/>, but not longer than <paramref name="maxDelay"/>.</summary>
    public static Task UntilAsync(DateTimeOffset moment, TimeSpan maxDelay, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var remaining = moment - timeProvider.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        // Task.Delay truncates to whole milliseconds; without rounding up, a caller that waits in a loop would spin through the last one.
        var delay = TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds));
        return Task.Delay(delay < maxDelay ? delay : maxDelay, timeProvider, cancellationToken);
    }
}
