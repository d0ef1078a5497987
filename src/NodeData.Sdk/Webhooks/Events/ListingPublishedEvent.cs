namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A listing went public (<c>listing.published</c>). No shape of its data is documented: read <see cref="WebhookEvent.DataJson"/>, or
/// <see cref="WebhookEvent.ReadData{T}"/> as a type of your own. Immutable.
/// </summary>
public sealed record ListingPublishedEvent() : WebhookEvent(WebhookEventType.ListingPublished);
