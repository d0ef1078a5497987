using System.Globalization;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance;

/// <summary>The context of one check: two claim stores over the same data, and claim keys that no other check uses.</summary>
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

    /// <summary>Gets another instance over the same data.</summary>
    public StoreUnderTest SecondStore { get; }

    public CancellationToken Token { get; }

    /// <summary>Gets the interval that has elapsed after a check has advanced the time.</summary>
    public TimeSpan ShortInterval => _fixture.ShortInterval;

    /// <summary>Gets an interval that never elapses within a check.</summary>
    public TimeSpan LongInterval => TimeSpan.FromDays(7) + (1000 * _fixture.ShortInterval);

    public static async Task<ConformanceContext> CreateAsync(WebhookClaimStoreFixture fixture, CancellationToken cancellationToken) =>
        new(
            fixture,
            new TimeLimitedCalls(fixture.CallTimeout, cancellationToken),
            await fixture.OpenAsync(cancellationToken).ConfigureAwait(false),
            await fixture.OpenAsync(cancellationToken).ConfigureAwait(false)
        );

    public ValueTask AdvanceTimeAsync(TimeSpan time) => _fixture.AdvanceTimeAsync(time, Token);

    /// <summary>Creates the key of this check, or a different key for a different handler.</summary>
    public WebhookClaimKey CreateKey(string handler = "handler") => new("conformance", _eventId, handler);

    /// <summary>Creates a key with unusual parts that is unique to this check.</summary>
    public WebhookClaimKey CreateKey(string receiver, string eventId, string handler) =>
        new($"{receiver}", $"{eventId}{_eventId}", $"{handler}");

    /// <summary>Creates a claim, by default of a new owner and with a lease and a retention period that never expire within the check.</summary>
    public WebhookClaim CreateClaim(
        TimeSpan? lease = null,
        TimeSpan? retention = null,
        WebhookClaimKey? key = null,
        string? ownerToken = null
    ) => new(key ?? CreateKey(), ownerToken ?? CreateOwnerToken(), lease ?? LongInterval, retention ?? LongInterval);

    /// <summary>Creates a claim for the same key and owner with a different lease or retention period.</summary>
    public WebhookClaim Repeat(WebhookClaim claim, TimeSpan? lease = null, TimeSpan? retention = null) =>
        CreateClaim(lease, retention, claim.Key, claim.OwnerToken);

    private string CreateOwnerToken() =>
        string.Create(CultureInfo.InvariantCulture, $"owner-{Interlocked.Increment(ref _claimCount)}-{Guid.NewGuid():N}");
}
