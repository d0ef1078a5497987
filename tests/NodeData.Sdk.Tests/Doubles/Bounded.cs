using System.Diagnostics;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Waits for what comes by itself, and not for ever.</summary>
internal static class Bounded
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task UntilAsync(Func<bool> condition, string complaint)
    {
        for (var since = Stopwatch.StartNew(); !condition(); await Task.Yield())
        {
            Assert.True(since.Elapsed < Limit, complaint);
        }
    }
}
