namespace NodeData.Sdk.Configuration;

/// <summary>Validates a time limit.</summary>
internal static class TimeLimit
{
    public const string Rule = "A time limit must be greater than zero and at most 24 days, or Timeout.InfiniteTimeSpan.";

    // The maximum duration of .NET's timers (a signed 32-bit number of milliseconds), rounded down.
    private static readonly TimeSpan Max = TimeSpan.FromDays(24);

    public static bool IsValid(TimeSpan limit) => limit == Timeout.InfiniteTimeSpan || (limit > TimeSpan.Zero && limit <= Max);
}
