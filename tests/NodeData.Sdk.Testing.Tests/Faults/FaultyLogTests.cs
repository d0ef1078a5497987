using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Faults;

public sealed class FaultyLogTests
{
    private readonly WebhookClaim _claim = new(new("receiver", "evt_1", "handler"), "owner", TimeSpan.FromHours(1), TimeSpan.FromDays(7));
    private readonly InMemoryWebhookClaimStore _store = new();
    private readonly FaultyWebhookClaimStore _log;

    public FaultyLogTests() => _log = FaultyWebhookClaimStore.Wrap(_store);

    public static TheoryData<WebhookClaimStoreCall, WebhookClaimStoreFault> Faults => [.. FaultyWebhookClaimStore.AllFaults];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebhookClaim Stranger => new(_claim.Key, "stranger", _claim.Lease, _claim.Retention);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_met_once_and_has_its_effect_or_none(WebhookClaimStoreCall call, WebhookClaimStoreFault fault)
    {
        if (call != WebhookClaimStoreCall.Claim)
        {
            await _log.ClaimAsync(_claim, Token);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _log.Enqueue(call, fault);
        var made = CallAsync(call, patience.Token);
        await _log.WaitForFaultsAsync(1, Token);
        if (fault is WebhookClaimStoreFault.HangBeforeCall or WebhookClaimStoreFault.HangAfterCall)
        {
            Assert.False(made.IsCompleted);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => made);
        }
        else
        {
            await Assert.ThrowsAsync<WebhookClaimStoreException>(() => made);
        }

        Assert.Equal(1, _log.FaultCount);
        var isDone = fault is WebhookClaimStoreFault.DropResponse or WebhookClaimStoreFault.HangAfterCall;
        Assert.Equal(ExpectedAfter(call, isDone), (await _store.ClaimAsync(Stranger, Token)).ToString());
    }

    [Fact]
    public async Task Without_a_fault_every_call_goes_through_and_is_noted()
    {
        Assert.Equal(WebhookClaimResult.Claimed(1), await _log.ClaimAsync(_claim, Token));
        Assert.True(await _log.RenewAsync(_claim, Token));
        Assert.True(await _log.ReleaseAsync(_claim, Token));
        Assert.False(await _log.CompleteAsync(_claim, Token));

        Assert.Equal(
            [WebhookClaimStoreCall.Claim, WebhookClaimStoreCall.Renew, WebhookClaimStoreCall.Release, WebhookClaimStoreCall.Complete],
            _log.Calls
        );
        Assert.Equal(0, _log.FaultCount);
    }

    [Fact]
    public async Task Faults_are_met_in_their_order_and_then_the_lasting_one()
    {
        _log.SetFault(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.FailBeforeCall);
        _log.Enqueue(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.DropResponse, count: 2);

        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => _log.ClaimAsync(_claim, Token).AsTask());
        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => _log.ClaimAsync(_claim, Token).AsTask());
        await _log.WaitForFaultsAsync(2, Token);
        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => _log.ClaimAsync(Stranger, Token).AsTask());
        _log.SetFault(WebhookClaimStoreCall.Claim, null);

        Assert.Equal(WebhookClaimResult.Claimed(1), await _log.ClaimAsync(_claim, Token));
    }

    [Fact]
    public async Task A_deaf_call_ends_when_it_is_let_go_and_not_before()
    {
        _log.ObservesCancellation = false;
        _log.Enqueue(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.HangBeforeCall);
        using var patience = new CancellationTokenSource();
        var made = _log.ClaimAsync(_claim, patience.Token).AsTask();
        await _log.WaitForFaultsAsync(1, Token);
        await patience.CancelAsync();
        Assert.False(made.IsCompleted);

        _log.ReleaseHangingCalls();

        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => made);
    }

    [Fact]
    public void Plans_that_mean_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _log.Enqueue(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.HangBeforeCall, 0)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.Enqueue(0, WebhookClaimStoreFault.HangBeforeCall));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.Enqueue(WebhookClaimStoreCall.Claim, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.SetFault(0, null));
    }

    private static string ExpectedAfter(WebhookClaimStoreCall call, bool isDone) =>
        (call, isDone) switch
        {
            (WebhookClaimStoreCall.Claim, false) => "claimed, attempt 1",
            (WebhookClaimStoreCall.Complete, true) => "completed",
            (WebhookClaimStoreCall.Release, true) => "claimed, attempt 2",
            _ => "in progress",
        };

    private async Task CallAsync(WebhookClaimStoreCall call, CancellationToken token) =>
        _ = call switch
        {
            WebhookClaimStoreCall.Claim => (await _log.ClaimAsync(_claim, token)).IsClaimed,
            WebhookClaimStoreCall.Renew => await _log.RenewAsync(_claim, token),
            WebhookClaimStoreCall.Complete => await _log.CompleteAsync(_claim, token),
            _ => await _log.ReleaseAsync(_claim, token),
        };
}
