namespace NodeData.Sdk;

/// <summary>Waits for a moment to come.</summary>
internal static class Pause
{
    /// <summary>Waits until a moment, or for the longest time where that is less.</summary>
    public static Task UntilAsync(DateTimeOffset moment, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        var left = moment - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        // A delay takes whole milliseconds and cuts off the rest: waited for in a loop, the last of them would be spent spinning.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
        return Task.Delay(wait < longest ? wait : longest, time, cancellationToken);
    }
}
