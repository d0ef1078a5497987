namespace NodeData.Sdk.Webhooks;

/// <summary>Somebody bought a listing (<c>listing.purchased</c>). Immutable.</summary>
public sealed record ListingPurchasedEvent() : WebhookEvent(WebhookEventType.ListingPurchased)
{
    /// <summary>What was bought; null where the body has no data.</summary>
    public ListingPurchase? Data { get; init; }
}
