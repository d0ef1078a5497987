using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>Tests of the shutdown of an application while the completion of a claim is pending.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan HangTimeout = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_completion_that_outlives_its_request_is_stored_before_the_host_has_stopped()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = new SlowClaimStore();
        WebApplication? application = null;
        await using var server = await TestServer.StartAsync(app =>
        {
            application = app;
            app.MapNodeDataWebhooks(
                TestServer.Path,
                on => on.PayoutPaid((_, _) => Task.CompletedTask),
                options => (options.ClaimStore, options.TimeProvider) = (store, clock)
            );
        });

        var delivery = server.DeliverAsync();
        await store.Completing.WaitAsync(HangTimeout, Token);
        clock.Advance(TimeSpan.FromSeconds(8));
        using (var response = await delivery)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        }

        using var stopped = application!.Lifetime.ApplicationStopped.Register(() => _ = store.CompleteSoonAsync());
        await application.StopAsync(Token).WaitAsync(HangTimeout, Token);

        Assert.True(store.IsCompleted, "The host stopped before the completion was stored.");
    }

    /// <summary>A claim store that stores a completion some time after the test allows it.</summary>
    private sealed class SlowClaimStore : IWebhookClaimStore
    {
        private readonly TaskCompletionSource _completing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completing => _completing.Task;

        public bool IsCompleted => _completed.Task.IsCompleted;

        public async Task CompleteSoonAsync()
        {
            for (var turn = 0; turn < 50; turn++)
            {
                await Task.Delay(1, Token);
            }

            _completed.SetResult();
        }

        public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            new(WebhookClaimResult.Claimed(1));

        public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) => new(true);

        public async ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken)
        {
            _completing.TrySetResult();
            await _completed.Task;
            return true;
        }

        public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) => new(true);
    }
}
