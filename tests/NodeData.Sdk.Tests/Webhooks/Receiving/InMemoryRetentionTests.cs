using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>How long the log in memory remembers, where the time of a later call differs from that of an earlier one.</summary>
public sealed class InMemoryRetentionTests
{
    private static readonly WebhookClaimKey Delivery = new("receiver", "evt_1", "handler");
    private readonly FakeTimeProvider _clock = new();
    private readonly InMemoryWebhookClaimStore _log;

    public InMemoryRetentionTests() => _log = new(new InMemoryWebhookClaimStoreOptions { TimeProvider = _clock, Capacity = 1 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shorter_retention_makes_room_when_it_is_over()
    {
        await _log.ClaimAsync(Claim(TimeSpan.FromHours(1), TimeSpan.FromDays(7)), Token);
        await _log.CompleteAsync(Claim(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)), Token);

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, _log.Count);
        var other = new WebhookClaim(new("receiver", "evt_2", "handler"), "owner", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        Assert.Equal(WebhookClaimResult.Claimed(1), await _log.ClaimAsync(other, Token));
        _clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(0, _log.Count);
    }

    [Fact]
    public async Task The_longest_time_is_not_over_at_once()
    {
        var forever = Claim(TimeSpan.MaxValue, TimeSpan.MaxValue);
        await _log.ClaimAsync(forever, Token);

        Assert.True(await _log.RenewAsync(forever, Token));
        Assert.True(await _log.CompleteAsync(forever, Token));
        Assert.Equal(WebhookClaimResult.Completed, await _log.ClaimAsync(forever, Token));
    }

    private static WebhookClaim Claim(TimeSpan lease, TimeSpan retention) => new(Delivery, "owner", lease, retention);
}
