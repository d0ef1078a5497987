using System.Diagnostics;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>Waits for what comes by itself, and not for ever.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task UntilAsync(Func<Task<bool>> condition, string complaint)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await PauseAsync())
        {
            Assert.True(since.Elapsed < Limit, complaint);
        }
    }

    public static Task UntilAsync(Func<bool> condition, string complaint) => UntilAsync(() => Task.FromResult(condition()), complaint);

    /// <summary>The answer of the first call that does not fail because Redis is away.</summary>
    public static async Task<T> AnswerAsync<T>(Func<ValueTask<T>> call)
    {
        for (var since = Stopwatch.StartNew(); ; await PauseAsync())
        {
            try
            {
                return await call();
            }
            catch (WebhookClaimStoreException) when (since.Elapsed < Limit)
            {
                // Still away.
            }
        }
    }

    private static Task PauseAsync() =>
        Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
}
