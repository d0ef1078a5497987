using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests;

/// <summary>What becomes of the log when its server restarts, forgets, dies or hangs.</summary>
public sealed class ServerLifeTests : IAsyncLifetime
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    // Stands still unless a test moves it: no call runs out of time because the machine is slow.
    private readonly FakeTimeProvider _clock = new();
    private RedisServer _server = null!;
    private ConnectionMultiplexer _connection = null!;
    private RedisWebhookClaimStore _log = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _connection = await _server.ConnectAsync();
        _log = new RedisWebhookClaimStore(
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
    public async Task Killed_and_started_again_it_knows_all_that_it_answered()
    {
        await _log.ClaimAsync(Claims.Of("evt_completed"), Token);
        await _log.CompleteAsync(Claims.Of("evt_completed"), Token);
        await _log.ClaimAsync(Claims.Of("evt_held"), Token);
        await _log.ClaimAsync(Claims.Of("evt_released"), Token);
        await _log.ReleaseAsync(Claims.Of("evt_released"), Token);

        await _server.KillAsync();
        await _server.StartAgainAsync();

        Assert.Equal(
            WebhookClaimResult.Completed,
            await Eventually.AnswerAsync(() => _log.ClaimAsync(Claims.Of("evt_completed", "other"), Token))
        );
        Assert.Equal("in progress", (await _log.ClaimAsync(Claims.Of("evt_held", "other"), Token)).ToString());
        Assert.True(await _log.CompleteAsync(Claims.Of("evt_held"), Token));
        Assert.Equal(WebhookClaimResult.Claimed(2), await _log.ClaimAsync(Claims.Of("evt_released", "other"), Token));
    }

    [Fact]
    public async Task Flushed_it_lets_no_former_claim_complete_and_hands_the_delivery_out_anew()
    {
        await _log.ClaimAsync(Claims.Of("evt_1"), Token);

        await FlushAsync();

        Assert.False(await _log.RenewAsync(Claims.Of("evt_1"), Token));
        Assert.False(await _log.CompleteAsync(Claims.Of("evt_1"), Token));
        Assert.False(await _log.ReleaseAsync(Claims.Of("evt_1"), Token));
        Assert.Equal(WebhookClaimResult.Claimed(1), await _log.ClaimAsync(Claims.Of("evt_1", "other"), Token));
    }

    [Fact]
    public async Task Started_again_without_its_data_it_is_as_if_flushed()
    {
        await _log.ClaimAsync(Claims.Of("evt_1"), Token);

        await _server.KillAsync();
        _server.LoseData();
        await _server.StartAgainAsync();

        Assert.False(await Eventually.AnswerAsync(() => _log.CompleteAsync(Claims.Of("evt_1"), Token)));
        Assert.Equal(WebhookClaimResult.Claimed(1), await _log.ClaimAsync(Claims.Of("evt_1", "other"), Token));
    }

    [Fact]
    public async Task Scripts_that_the_server_forgot_are_sent_again()
    {
        await _log.ClaimAsync(Claims.Of("evt_1"), Token);

        await _connection.GetServers().Single().ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal(WebhookClaimResult.Claimed(1), await _log.ClaimAsync(Claims.Of("evt_1"), Token));
        Assert.True(await _log.RenewAsync(Claims.Of("evt_1"), Token));
        Assert.True(await _log.CompleteAsync(Claims.Of("evt_1"), Token));
    }

    [Fact]
    public async Task While_it_is_away_each_call_fails_at_once_and_works_when_it_is_back()
    {
        await _log.ClaimAsync(Claims.Of("evt_1"), Token);
        await _server.KillAsync();

        foreach (var call in Calls("evt_1"))
        {
            await Assert.ThrowsAsync<WebhookClaimStoreException>(() => call(Token).WaitAsync(Hang, Token));
        }

        await _server.StartAgainAsync();
        Assert.True(await Eventually.AnswerAsync(() => _log.CompleteAsync(Claims.Of("evt_1"), Token)));
    }

    [Fact]
    public async Task While_it_hangs_each_call_ends_by_its_time_out_and_the_log_works_when_it_goes_on()
    {
        await _log.ClaimAsync(Claims.Of("evt_1"), Token);
        await _server.FreezeAsync();

        foreach (var call in Calls("evt_2"))
        {
            var hanging = call(Token);
            Assert.False(hanging.IsCompleted);
            _clock.Advance(CallTimeout);
            var silence = await Assert.ThrowsAsync<WebhookClaimStoreException>(() => hanging.WaitAsync(Hang, Token));
            Assert.Contains("did not answer the delivery log within 1 s", silence.Message, StringComparison.Ordinal);
        }

        await _server.ThawAsync();
        Assert.True(await Eventually.AnswerAsync(() => _log.CompleteAsync(Claims.Of("evt_1"), Token)));
    }

    [Fact]
    public async Task While_it_hangs_a_call_ends_by_its_token()
    {
        await _server.FreezeAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = _log.ClaimAsync(Claims.Of("evt_1"), patience.Token).AsTask();
        Assert.False(call.IsCompleted);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Hang, Token));
        await _server.ThawAsync();
    }

    [Fact]
    public async Task A_full_server_refuses_with_its_reason()
    {
        await _connection.GetServers().Single().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");

        var failure = await Assert.ThrowsAsync<WebhookClaimStoreException>(() => _log.ClaimAsync(Claims.Of("evt_1"), Token).AsTask());

        Assert.Contains("OOM", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    private Task FlushAsync() => _connection.GetServers().Single().FlushAllDatabasesAsync();

    private IEnumerable<Func<CancellationToken, Task>> Calls(string eventId) =>
        [
            token => _log.ClaimAsync(Claims.Of(eventId), token).AsTask(),
            token => _log.RenewAsync(Claims.Of(eventId), token).AsTask(),
            token => _log.CompleteAsync(Claims.Of(eventId), token).AsTask(),
            token => _log.ReleaseAsync(Claims.Of(eventId), token).AsTask(),
        ];
}
