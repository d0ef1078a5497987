namespace NodeData.Sdk.Webhooks;

/// <summary>The event of a purchased listing (<c>listing.purchased</c>). Immutable.</summary>
public sealed record ListingPurchasedEvent() : WebhookEvent(WebhookEventType.ListingPurchased)
{
    /// <summary>Gets the purchase; null if the body has no data.</summary>
    public ListingPurchase? Data { get; init; }
}
