namespace NodeData.Sdk.Configuration;

/// <summary>What a time limit may be.</summary>
internal static class TimeLimit
{
    public const string Rule = "A time limit is above zero and at most 24 days, or Timeout.InfiniteTimeSpan.";

    // The longest time that the timers of the platform take (a signed 32-bit count of milliseconds), rounded down.
    private static readonly TimeSpan Max = TimeSpan.FromDays(24);

    public static bool IsValid(TimeSpan limit) => limit == Timeout.InfiniteTimeSpan || (limit > TimeSpan.Zero && limit <= Max);
}
