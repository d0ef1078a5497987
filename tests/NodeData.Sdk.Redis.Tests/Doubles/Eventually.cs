using System.Diagnostics;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>Waits for a condition, with a timeout.</summary>
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

    /// <summary>Repeats a call until it does not fail because Redis is unreachable.</summary>
    /// <returns>The result of the first successful call.</returns>
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
                // Redis is still unreachable.
            }
        }
    }

    private static Task DelayAsync() =>
        Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
}
