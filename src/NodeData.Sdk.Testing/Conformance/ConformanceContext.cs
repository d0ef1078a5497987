using System.Globalization;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance;

/// <summary>What one check works with: a log, another one over the same store, and deliveries that no other check has.</summary>
internal sealed class ConformanceContext
{
    private readonly WebhookClaimStoreFixture _fixture;
    private readonly string _eventId = $"evt_{Guid.NewGuid():N}";
    private int _claimCount;

    private ConformanceContext(
        WebhookClaimStoreFixture fixture,
        TimeLimitedCalls calls,
        IWebhookClaimStore store,
        IWebhookClaimStore secondStore
    )
    {
        _fixture = fixture;
        Token = calls.Token;
        (Store, SecondStore) = (new StoreUnderTest(store, calls), new StoreUnderTest(secondStore, calls));
    }

    public StoreUnderTest Store { get; }

    /// <summary>Another instance over the same store.</summary>
    public StoreUnderTest SecondStore { get; }

    public CancellationToken Token { get; }

    /// <summary>What passes within a check where time is let pass.</summary>
    public TimeSpan ShortInterval => _fixture.ShortInterval;

    /// <summary>What never passes within a check.</summary>
    public TimeSpan LongInterval => TimeSpan.FromDays(7) + (1000 * _fixture.ShortInterval);

    public static async Task<ConformanceContext> CreateAsync(WebhookClaimStoreFixture fixture, CancellationToken cancellationToken) =>
        new(
            fixture,
            new TimeLimitedCalls(fixture.CallTimeout, cancellationToken),
            await fixture.OpenAsync(cancellationToken).ConfigureAwait(false),
            await fixture.OpenAsync(cancellationToken).ConfigureAwait(false)
        );

    public ValueTask AdvanceTimeAsync(TimeSpan time) => _fixture.AdvanceTimeAsync(time, Token);

    /// <summary>The delivery of this check, or another one of its own.</summary>
    public WebhookClaimKey CreateKey(string handler = "handler") => new("conformance", _eventId, handler);

    /// <summary>A key that has odd parts and still is this check's own.</summary>
    public WebhookClaimKey CreateKey(string receiver, string eventId, string handler) =>
        new($"{receiver}", $"{eventId}{_eventId}", $"{handler}");

    /// <summary>A claim by somebody new, whose lease and retention never end unless they are given.</summary>
    public WebhookClaim CreateClaim(
        TimeSpan? lease = null,
        TimeSpan? retention = null,
        WebhookClaimKey? key = null,
        string? ownerToken = null
    ) => new(key ?? CreateKey(), ownerToken ?? CreateOwnerToken(), lease ?? LongInterval, retention ?? LongInterval);

    /// <summary>The same claim by the same owner, with other times.</summary>
    public WebhookClaim Repeat(WebhookClaim claim, TimeSpan? lease = null, TimeSpan? retention = null) =>
        CreateClaim(lease, retention, claim.Key, claim.OwnerToken);

    private string CreateOwnerToken() =>
        string.Create(CultureInfo.InvariantCulture, $"owner-{Interlocked.Increment(ref _claimCount)}-{Guid.NewGuid():N}");
}
