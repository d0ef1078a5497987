using System.Globalization;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance;

/// <summary>What one check works with: a log, another one over the same store, and deliveries that no other check has.</summary>
internal sealed class Scene
{
    private readonly WebhookClaimStoreFixture _subject;
    private readonly string _event = $"evt_{Guid.NewGuid():N}";
    private int _claims;

    private Scene(WebhookClaimStoreFixture subject, CallBounds calls, IWebhookClaimStore log, IWebhookClaimStore other)
    {
        _subject = subject;
        Token = calls.Token;
        (Log, Other) = (new BoundedLog(log, calls), new BoundedLog(other, calls));
    }

    public BoundedLog Log { get; }

    /// <summary>Another instance over the same store.</summary>
    public BoundedLog Other { get; }

    public CancellationToken Token { get; }

    /// <summary>What passes within a check where time is let pass.</summary>
    public TimeSpan Short => _subject.ShortInterval;

    /// <summary>What never passes within a check.</summary>
    public TimeSpan Long => TimeSpan.FromDays(7) + (1000 * _subject.ShortInterval);

    public static async Task<Scene> OpenAsync(WebhookClaimStoreFixture subject, CancellationToken cancellationToken) =>
        new(
            subject,
            new CallBounds(subject.CallTimeout, cancellationToken),
            await subject.OpenAsync(cancellationToken).ConfigureAwait(false),
            await subject.OpenAsync(cancellationToken).ConfigureAwait(false)
        );

    public ValueTask LetPassAsync(TimeSpan time) => _subject.AdvanceTimeAsync(time, Token);

    /// <summary>The delivery of this check, or another one of its own.</summary>
    public WebhookClaimKey Delivery(string handler = "handler") => new("conformance", _event, handler);

    /// <summary>A key that has odd parts and still is this check's own.</summary>
    public WebhookClaimKey Delivery(string receiver, string eventId, string handler) =>
        new($"{receiver}", $"{eventId}{_event}", $"{handler}");

    /// <summary>A claim by somebody new, whose lease and retention never end unless they are given.</summary>
    public WebhookClaim Claim(TimeSpan? lease = null, TimeSpan? retention = null, WebhookClaimKey? delivery = null, string? owner = null) =>
        new(delivery ?? Delivery(), owner ?? NewOwner(), lease ?? Long, retention ?? Long);

    /// <summary>The same claim by the same owner, with other times.</summary>
    public WebhookClaim Again(WebhookClaim claim, TimeSpan? lease = null, TimeSpan? retention = null) =>
        Claim(lease, retention, claim.Key, claim.OwnerToken);

    private string NewOwner() =>
        string.Create(CultureInfo.InvariantCulture, $"owner-{Interlocked.Increment(ref _claims)}-{Guid.NewGuid():N}");
}
