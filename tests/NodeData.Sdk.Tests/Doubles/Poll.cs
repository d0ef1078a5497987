using System.Diagnostics;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Polls for a condition with a timeout.</summary>
internal static class Poll
{
    /// <summary>The timeout, long enough for any slow machine.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(Func<bool> condition, string failureMessage)
    {
        for (var since = Stopwatch.StartNew(); !condition(); await DelayAsync())
        {
            Assert.True(since.Elapsed < Timeout, failureMessage);
        }
    }

    /// <summary>Yields the processor to the code that is waited for.</summary>
    public static Task DelayAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
}
