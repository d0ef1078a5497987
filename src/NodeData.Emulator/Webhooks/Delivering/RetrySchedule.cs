namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// The schedule of attempts: ten attempts over about three days, as the Standard Webhooks specification suggests. There is no jitter, so that tests are
/// deterministic. A receiver can request a longer delay, but not a shorter one.
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

    /// <summary>Returns the delay after a number of consecutive failures; null after the last attempt.</summary>
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
