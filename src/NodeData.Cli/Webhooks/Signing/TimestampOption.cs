using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>The time that a command uses: now, or the value of an option.</summary>
internal static class TimestampOption
{
    public static Option<long?> Create(string description) => new("--at") { Description = description, HelpName = "TIMESTAMP" };

    /// <exception cref="CommandFailedException">The value is not a time that a signature can have.</exception>
    public static DateTimeOffset GetValue(Invocation invocation, Option<long?> option) =>
        invocation.Get(option) is not { } seconds ? invocation.Terminal.Time.GetUtcNow()
        : seconds is > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw CommandFailedException.Usage("--at must be a Unix timestamp in seconds, such as 1765372000, not in milliseconds.");
}
