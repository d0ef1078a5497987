using System.Diagnostics;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Waits for what comes by itself, and not for ever.</summary>
internal static class Poll
{
    /// <summary>After which something hangs, on however slow a machine.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(Func<bool> condition, string failureMessage)
    {
        for (var since = Stopwatch.StartNew(); !condition(); await DelayAsync())
        {
            Assert.True(since.Elapsed < Timeout, failureMessage);
        }
    }

    /// <summary>Leaves the processor to whoever is waited for.</summary>
    public static Task DelayAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
}
