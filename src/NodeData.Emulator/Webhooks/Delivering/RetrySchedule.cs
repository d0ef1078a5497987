namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// When a delivery that failed is attempted again: ten attempts over some three days, as the Standard Webhooks specification suggests. No jitter, so that a
/// test knows the times. A receiver may ask for more time, and not for less.
/// </summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>How long to wait after this many failures in a row; null where that was the last attempt.</summary>
    public static TimeSpan? GetDelay(int failures, TimeSpan? retryAfter)
    {
        if (failures > Delays.Length)
        {
            return null;
        }

        var scheduled = Delays[failures - 1];
        var requested = retryAfter ?? TimeSpan.Zero;
        return requested <= scheduled ? scheduled
            : requested < MaxRetryAfter ? requested
            : MaxRetryAfter;
    }
}
