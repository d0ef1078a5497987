using System.Diagnostics;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>Waits for what comes by itself, and not for ever.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    public static async Task WaitUntilAsync(Func<Task<bool>> condition, string message)
    {
        for (var elapsed = Stopwatch.StartNew(); !await condition(); await DelayAsync())
        {
            Assert.True(elapsed.Elapsed < Timeout, message);
        }
    }

    public static Task WaitUntilAsync(Func<bool> condition, string message) => WaitUntilAsync(() => Task.FromResult(condition()), message);

    /// <summary>The answer of the first call that does not fail because Redis is away.</summary>
    public static async Task<T> RetryAsync<T>(Func<ValueTask<T>> call)
    {
        for (var elapsed = Stopwatch.StartNew(); ; await DelayAsync())
        {
            try
            {
                return await call();
            }
            catch (WebhookClaimStoreException) when (elapsed.Elapsed < Timeout)
            {
                // Still away.
            }
        }
    }

    private static Task DelayAsync() =>
        Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
}
