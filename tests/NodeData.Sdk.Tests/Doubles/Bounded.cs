using System.Diagnostics;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Waits for what comes by itself, and not for ever.</summary>
internal static class Bounded
{
    /// <summary>After which something hangs, on however slow a machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(Func<bool> condition, string complaint)
    {
        for (var since = Stopwatch.StartNew(); !condition(); await PauseAsync())
        {
            Assert.True(since.Elapsed < Limit, complaint);
        }
    }

    /// <summary>Leaves the processor to whoever is waited for.</summary>
    public static Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
}
