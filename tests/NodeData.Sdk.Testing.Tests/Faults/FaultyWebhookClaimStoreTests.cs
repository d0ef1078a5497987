using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Faults;

public sealed class FaultyWebhookClaimStoreTests
{
    private readonly WebhookClaim _claim = new(new("receiver", "evt_1", "handler"), "owner", TimeSpan.FromHours(1), TimeSpan.FromDays(7));
    private readonly InMemoryWebhookClaimStore _store = new();
    private readonly FaultyWebhookClaimStore _faultyStore;

    public FaultyWebhookClaimStoreTests() => _faultyStore = FaultyWebhookClaimStore.Wrap(_store);

    public static TheoryData<WebhookClaimStoreCall, WebhookClaimStoreFault> Faults => [.. FaultyWebhookClaimStore.AllFaults];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebhookClaim OtherOwnerClaim => new(_claim.Key, "other-owner", _claim.Lease, _claim.Retention);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_queued_fault_occurs_once_with_its_documented_effect(WebhookClaimStoreCall call, WebhookClaimStoreFault fault)
    {
        if (call != WebhookClaimStoreCall.Claim)
        {
            await _faultyStore.ClaimAsync(_claim, Token);
        }

        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _faultyStore.Enqueue(call, fault);
        var pending = CallAsync(call, cancellation.Token);
        await _faultyStore.WaitForFaultsAsync(1, Token);
        if (fault is WebhookClaimStoreFault.HangBeforeCall or WebhookClaimStoreFault.HangAfterCall)
        {
            Assert.False(pending.IsCompleted);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        }
        else
        {
            await Assert.ThrowsAsync<WebhookClaimStoreException>(() => pending);
        }

        Assert.Equal(1, _faultyStore.FaultCount);
        var isApplied = fault is WebhookClaimStoreFault.DropResponse or WebhookClaimStoreFault.HangAfterCall;
        Assert.Equal(GetExpectedResult(call, isApplied), (await _store.ClaimAsync(OtherOwnerClaim, Token)).ToString());
    }

    [Fact]
    public async Task Calls_without_a_fault_are_forwarded_and_recorded()
    {
        Assert.Equal(WebhookClaimResult.Claimed(1), await _faultyStore.ClaimAsync(_claim, Token));
        Assert.True(await _faultyStore.RenewAsync(_claim, Token));
        Assert.True(await _faultyStore.ReleaseAsync(_claim, Token));
        Assert.False(await _faultyStore.CompleteAsync(_claim, Token));

        Assert.Equal(
            [WebhookClaimStoreCall.Claim, WebhookClaimStoreCall.Renew, WebhookClaimStoreCall.Release, WebhookClaimStoreCall.Complete],
            _faultyStore.Calls
        );
        Assert.Equal(0, _faultyStore.FaultCount);
    }

    [Fact]
    public async Task Queued_faults_occur_in_order_before_the_permanent_fault()
    {
        _faultyStore.SetFault(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.FailBeforeCall);
        _faultyStore.Enqueue(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.DropResponse, count: 2);

        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => _faultyStore.ClaimAsync(_claim, Token).AsTask());
        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => _faultyStore.ClaimAsync(_claim, Token).AsTask());
        await _faultyStore.WaitForFaultsAsync(2, Token);
        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => _faultyStore.ClaimAsync(OtherOwnerClaim, Token).AsTask());
        _faultyStore.SetFault(WebhookClaimStoreCall.Claim, null);

        Assert.Equal(WebhookClaimResult.Claimed(1), await _faultyStore.ClaimAsync(_claim, Token));
    }

    [Fact]
    public async Task A_call_that_ignores_cancellation_ends_only_when_it_is_released()
    {
        _faultyStore.ObservesCancellation = false;
        _faultyStore.Enqueue(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.HangBeforeCall);
        using var cancellation = new CancellationTokenSource();
        var pending = _faultyStore.ClaimAsync(_claim, cancellation.Token).AsTask();
        await _faultyStore.WaitForFaultsAsync(1, Token);
        await cancellation.CancelAsync();
        Assert.False(pending.IsCompleted);

        _faultyStore.ReleaseHangingCalls();

        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => pending);
    }

    [Fact]
    public void Invalid_faults_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _faultyStore.Enqueue(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.HangBeforeCall, 0)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => _faultyStore.Enqueue(0, WebhookClaimStoreFault.HangBeforeCall));
        Assert.Throws<ArgumentOutOfRangeException>(() => _faultyStore.Enqueue(WebhookClaimStoreCall.Claim, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _faultyStore.SetFault(0, null));
    }

    private static string GetExpectedResult(WebhookClaimStoreCall call, bool isApplied) =>
        (call, isApplied) switch
        {
            (WebhookClaimStoreCall.Claim, false) => "claimed, attempt 1",
            (WebhookClaimStoreCall.Complete, true) => "completed",
            (WebhookClaimStoreCall.Release, true) => "claimed, attempt 2",
            _ => "in progress",
        };

    private async Task CallAsync(WebhookClaimStoreCall call, CancellationToken token) =>
        _ = call switch
        {
            WebhookClaimStoreCall.Claim => (await _faultyStore.ClaimAsync(_claim, token)).IsClaimed,
            WebhookClaimStoreCall.Renew => await _faultyStore.RenewAsync(_claim, token),
            WebhookClaimStoreCall.Complete => await _faultyStore.CompleteAsync(_claim, token),
            _ => await _faultyStore.ReleaseAsync(_claim, token),
        };
}
