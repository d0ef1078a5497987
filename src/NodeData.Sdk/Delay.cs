namespace NodeData.Sdk;

/// <summary>Waits for a moment to come.</summary>
internal static class Delay
{
    /// <summary>Waits until a moment, or for the longest time where that is less.</summary>
    public static Task UntilAsync(DateTimeOffset moment, TimeSpan maxDelay, TimeProvider time, CancellationToken cancellationToken)
    {
        var remaining = moment - time.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        // A delay takes whole milliseconds and cuts off the rest: waited for in a loop, the last of them would be spent spinning.
        var delay = TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds));
        return Task.Delay(delay < maxDelay ? delay : maxDelay, time, cancellationToken);
    }
}
