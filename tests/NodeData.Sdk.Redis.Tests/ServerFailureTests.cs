using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests;

/// <summary>Tests of a claim store whose server restarts, loses its data, is killed or hangs.</summary>
public sealed class ServerFailureTests : IAsyncLifetime
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HangTimeout = TimeSpan.FromMinutes(2);

    // Only the tests advance this clock, so that no call times out because the machine is slow.
    private readonly FakeTimeProvider _clock = new();
    private RedisServer _server = null!;
    private ConnectionMultiplexer _connection = null!;
    private RedisWebhookClaimStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _connection = await _server.ConnectAsync();
        _store = new RedisWebhookClaimStore(
            _connection,
            new RedisWebhookClaimStoreOptions { CallTimeout = CallTimeout, TimeProvider = _clock }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_and_restarted_server_keeps_every_acknowledged_change()
    {
        await _store.ClaimAsync(Claims.Create("evt_completed"), Token);
        await _store.CompleteAsync(Claims.Create("evt_completed"), Token);
        await _store.ClaimAsync(Claims.Create("evt_held"), Token);
        await _store.ClaimAsync(Claims.Create("evt_released"), Token);
        await _store.ReleaseAsync(Claims.Create("evt_released"), Token);

        await _server.KillAsync();
        await _server.RestartAsync();

        Assert.Equal(
            WebhookClaimResult.Completed,
            await Eventually.RetryAsync(() => _store.ClaimAsync(Claims.Create("evt_completed", "other"), Token))
        );
        Assert.Equal("in progress", (await _store.ClaimAsync(Claims.Create("evt_held", "other"), Token)).ToString());
        Assert.True(await _store.CompleteAsync(Claims.Create("evt_held"), Token));
        Assert.Equal(WebhookClaimResult.Claimed(2), await _store.ClaimAsync(Claims.Create("evt_released", "other"), Token));
    }

    [Fact]
    public async Task After_a_flush_former_claims_are_rejected_and_the_key_is_granted_again()
    {
        await _store.ClaimAsync(Claims.Create("evt_1"), Token);

        await FlushAsync();

        Assert.False(await _store.RenewAsync(Claims.Create("evt_1"), Token));
        Assert.False(await _store.CompleteAsync(Claims.Create("evt_1"), Token));
        Assert.False(await _store.ReleaseAsync(Claims.Create("evt_1"), Token));
        Assert.Equal(WebhookClaimResult.Claimed(1), await _store.ClaimAsync(Claims.Create("evt_1", "other"), Token));
    }

    [Fact]
    public async Task A_restart_without_data_behaves_like_a_flush()
    {
        await _store.ClaimAsync(Claims.Create("evt_1"), Token);

        await _server.KillAsync();
        _server.DeleteData();
        await _server.RestartAsync();

        Assert.False(await Eventually.RetryAsync(() => _store.CompleteAsync(Claims.Create("evt_1"), Token)));
        Assert.Equal(WebhookClaimResult.Claimed(1), await _store.ClaimAsync(Claims.Create("evt_1", "other"), Token));
    }

    [Fact]
    public async Task Flushed_scripts_are_loaded_again()
    {
        await _store.ClaimAsync(Claims.Create("evt_1"), Token);

        await _connection.GetServers().Single().ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal(WebhookClaimResult.Claimed(1), await _store.ClaimAsync(Claims.Create("evt_1"), Token));
        Assert.True(await _store.RenewAsync(Claims.Create("evt_1"), Token));
        Assert.True(await _store.CompleteAsync(Claims.Create("evt_1"), Token));
    }

    [Fact]
    public async Task Calls_fail_immediately_while_the_server_is_down_and_succeed_after_the_restart()
    {
        await _store.ClaimAsync(Claims.Create("evt_1"), Token);
        await _server.KillAsync();

        foreach (var call in CreateCalls("evt_1"))
        {
            await Assert.ThrowsAsync<WebhookClaimStoreException>(() => call(Token).WaitAsync(HangTimeout, Token));
        }

        await _server.RestartAsync();
        Assert.True(await Eventually.RetryAsync(() => _store.CompleteAsync(Claims.Create("evt_1"), Token)));
    }

    [Fact]
    public async Task Calls_time_out_while_the_server_hangs_and_succeed_after_it_resumes()
    {
        await _store.ClaimAsync(Claims.Create("evt_1"), Token);
        await _server.SuspendAsync();

        foreach (var call in CreateCalls("evt_2"))
        {
            var hanging = call(Token);
            Assert.False(hanging.IsCompleted);
            _clock.Advance(CallTimeout);
            var exception = await Assert.ThrowsAsync<WebhookClaimStoreException>(() => hanging.WaitAsync(HangTimeout, Token));
            Assert.Contains("did not respond to the claim store within 1 s", exception.Message, StringComparison.Ordinal);
        }

        await _server.ResumeAsync();
        Assert.True(await Eventually.RetryAsync(() => _store.CompleteAsync(Claims.Create("evt_1"), Token)));
    }

    [Fact]
    public async Task A_call_to_a_hanging_server_is_canceled_by_its_token()
    {
        await _server.SuspendAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = _store.ClaimAsync(Claims.Create("evt_1"), cancellation.Token).AsTask();
        Assert.False(call.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(HangTimeout, Token));
        await _server.ResumeAsync();
    }

    [Fact]
    public async Task A_full_server_fails_the_call_with_its_error()
    {
        await _connection.GetServers().Single().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");

        var exception = await Assert.ThrowsAsync<WebhookClaimStoreException>(() =>
            _store.ClaimAsync(Claims.Create("evt_1"), Token).AsTask()
        );

        Assert.Contains("OOM", exception.InnerException!.Message, StringComparison.Ordinal);
    }

    private Task FlushAsync() => _connection.GetServers().Single().FlushAllDatabasesAsync();

    private IEnumerable<Func<CancellationToken, Task>> CreateCalls(string eventId) =>
        [
            token => _store.ClaimAsync(Claims.Create(eventId), token).AsTask(),
            token => _store.RenewAsync(Claims.Create(eventId), token).AsTask(),
            token => _store.CompleteAsync(Claims.Create(eventId), token).AsTask(),
            token => _store.ReleaseAsync(Claims.Create(eventId), token).AsTask(),
        ];
}
