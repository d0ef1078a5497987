namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A payout was sent (<c>payout.paid</c>). No shape of its data is documented: read <see cref="WebhookEvent.DataJson"/>, or
/// <see cref="WebhookEvent.ReadData{T}"/> as a type of your own. Immutable.
/// </summary>
public sealed record PayoutPaidEvent() : WebhookEvent(WebhookEventType.PayoutPaid);
