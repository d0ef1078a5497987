using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of the retention of the in-memory claim store when a later call specifies another duration than an earlier one.</summary>
public sealed class InMemoryRetentionTests
{
    private static readonly WebhookClaimKey Key = new("receiver", "evt_1", "handler");
    private readonly FakeTimeProvider _clock = new();
    private readonly InMemoryWebhookClaimStore _store;

    public InMemoryRetentionTests() => _store = new(new InMemoryWebhookClaimStoreOptions { TimeProvider = _clock, Capacity = 1 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_removed_when_its_shortened_retention_ends()
    {
        await _store.ClaimAsync(CreateClaim(TimeSpan.FromHours(1), TimeSpan.FromDays(7)), Token);
        await _store.CompleteAsync(CreateClaim(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)), Token);

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, _store.Count);
        var other = new WebhookClaim(new("receiver", "evt_2", "handler"), "owner", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        Assert.Equal(WebhookClaimResult.Claimed(1), await _store.ClaimAsync(other, Token));
        _clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task The_maximum_duration_does_not_overflow()
    {
        var longest = CreateClaim(TimeSpan.MaxValue, TimeSpan.MaxValue);
        await _store.ClaimAsync(longest, Token);

        Assert.True(await _store.RenewAsync(longest, Token));
        Assert.True(await _store.CompleteAsync(longest, Token));
        Assert.Equal(WebhookClaimResult.Completed, await _store.ClaimAsync(longest, Token));
    }

    private static WebhookClaim CreateClaim(TimeSpan lease, TimeSpan retention) => new(Key, "owner", lease, retention);
}
