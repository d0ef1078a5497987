namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// When a delivery that failed is attempted again: ten attempts over some three days, as the Standard Webhooks specification suggests. No jitter, so that a
/// test knows the times. A receiver may ask for more time, and not for less.
/// </summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] Waits =
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
    public static TimeSpan? WaitAfter(int failures, TimeSpan? retryAfter)
    {
        if (failures > Waits.Length)
        {
            return null;
        }

        var scheduled = Waits[failures - 1];
        var asked = retryAfter ?? TimeSpan.Zero;
        return asked <= scheduled ? scheduled
            : asked < LongestRetryAfter ? asked
            : LongestRetryAfter;
    }
}
