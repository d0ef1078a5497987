using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Faults;

public sealed class FaultyLogTests
{
    private readonly WebhookClaim _claim = new(new("receiver", "evt_1", "handler"), "owner", TimeSpan.FromHours(1), TimeSpan.FromDays(7));
    private readonly InMemoryWebhookDeliveryLog _store = new();
    private readonly FaultyWebhookDeliveryLog _log;

    public FaultyLogTests() => _log = FaultyWebhookDeliveryLog.Around(_store);

    public static TheoryData<WebhookDeliveryLogCall, WebhookDeliveryLogFault> Faults => [.. FaultyWebhookDeliveryLog.AllFaults];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebhookClaim Stranger => new(_claim.Delivery, "stranger", _claim.Lease, _claim.Retention);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_met_once_and_has_its_effect_or_none(WebhookDeliveryLogCall call, WebhookDeliveryLogFault fault)
    {
        if (call != WebhookDeliveryLogCall.Claim)
        {
            await _log.ClaimAsync(_claim, Token);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _log.Next(call, fault);
        var made = CallAsync(call, patience.Token);
        await _log.WaitForFaultsAsync(1, Token);
        if (fault is WebhookDeliveryLogFault.Hangs or WebhookDeliveryLogFault.AnswerHangs)
        {
            Assert.False(made.IsCompleted);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => made);
        }
        else
        {
            await Assert.ThrowsAsync<WebhookDeliveryLogException>(() => made);
        }

        Assert.Equal(1, _log.FaultsMet);
        var isDone = fault is WebhookDeliveryLogFault.AnswerLost or WebhookDeliveryLogFault.AnswerHangs;
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
            [WebhookDeliveryLogCall.Claim, WebhookDeliveryLogCall.Renew, WebhookDeliveryLogCall.Release, WebhookDeliveryLogCall.Complete],
            _log.Calls
        );
        Assert.Equal(0, _log.FaultsMet);
    }

    [Fact]
    public async Task Faults_are_met_in_their_order_and_then_the_lasting_one()
    {
        _log.Always(WebhookDeliveryLogCall.Claim, WebhookDeliveryLogFault.FailsBefore);
        _log.Next(WebhookDeliveryLogCall.Claim, WebhookDeliveryLogFault.AnswerLost, times: 2);

        await Assert.ThrowsAsync<WebhookDeliveryLogException>(() => _log.ClaimAsync(_claim, Token).AsTask());
        await Assert.ThrowsAsync<WebhookDeliveryLogException>(() => _log.ClaimAsync(_claim, Token).AsTask());
        await _log.WaitForFaultsAsync(2, Token);
        await Assert.ThrowsAsync<WebhookDeliveryLogException>(() => _log.ClaimAsync(Stranger, Token).AsTask());
        _log.Always(WebhookDeliveryLogCall.Claim, null);

        Assert.Equal(WebhookClaimResult.Claimed(1), await _log.ClaimAsync(_claim, Token));
    }

    [Fact]
    public async Task A_deaf_call_ends_when_it_is_let_go_and_not_before()
    {
        _log.HeedsCancellation = false;
        _log.Next(WebhookDeliveryLogCall.Claim, WebhookDeliveryLogFault.Hangs);
        using var patience = new CancellationTokenSource();
        var made = _log.ClaimAsync(_claim, patience.Token).AsTask();
        await _log.WaitForFaultsAsync(1, Token);
        await patience.CancelAsync();
        Assert.False(made.IsCompleted);

        _log.LetGo();

        await Assert.ThrowsAsync<WebhookDeliveryLogException>(() => made);
    }

    [Fact]
    public void Plans_that_mean_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.Next(WebhookDeliveryLogCall.Claim, WebhookDeliveryLogFault.Hangs, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.Next(0, WebhookDeliveryLogFault.Hangs));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.Next(WebhookDeliveryLogCall.Claim, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.Always(0, null));
    }

    private static string ExpectedAfter(WebhookDeliveryLogCall call, bool isDone) =>
        (call, isDone) switch
        {
            (WebhookDeliveryLogCall.Claim, false) => "claimed, attempt 1",
            (WebhookDeliveryLogCall.Complete, true) => "completed",
            (WebhookDeliveryLogCall.Release, true) => "claimed, attempt 2",
            _ => "in progress",
        };

    private async Task CallAsync(WebhookDeliveryLogCall call, CancellationToken token) =>
        _ = call switch
        {
            WebhookDeliveryLogCall.Claim => (await _log.ClaimAsync(_claim, token)).IsClaimed,
            WebhookDeliveryLogCall.Renew => await _log.RenewAsync(_claim, token),
            WebhookDeliveryLogCall.Complete => await _log.CompleteAsync(_claim, token),
            _ => await _log.ReleaseAsync(_claim, token),
        };
}
