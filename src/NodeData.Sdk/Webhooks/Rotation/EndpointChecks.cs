using System.Globalization;

namespace NodeData.Sdk.Webhooks.Rotation;

/// <summary>What must hold before an endpoint is replaced, and before the old one goes.</summary>
internal static class EndpointChecks
{
    private const int MaxDeliveries = 100;
    private const int Conflict = 409;

    public static WebhookEndpoint EnsureReplaceable(WebhookEndpoint old) =>
        old switch
        {
            { IsEnabled: false } => throw new NodeDataException(
                $"The webhook endpoint {old.Id} is disabled, so there are no deliveries to keep up. Enable it, or create another. Nothing was done."
            ),
            { Url: null } or { Events: null } => throw new NodeDataException(
                $"The service does not say where the webhook endpoint {old.Id} delivers to, or which events. Create its successor by hand. Nothing was done."
            ),
            _ => old,
        };

    /// <summary>The new endpoint must be delivered to, and where events came, not in vain.</summary>
    /// <returns>Whether a delivery was seen to arrive.</returns>
    public static async Task<bool> VerifyDeliveriesAsync(
        WebhooksClient webhooks,
        WebhookEndpoint endpoint,
        string oldEndpointId,
        CancellationToken cancellationToken
    )
    {
        if (endpoint.IsEnabled == false)
        {
            throw new NodeDataException(
                $"The webhook endpoint {endpoint.Id}, which is to take the place of {oldEndpointId}, is disabled. Enable it, then complete. Nothing was done."
            );
        }

        var deliveries = await webhooks.ListDeliveriesAsync(endpoint.Id, MaxDeliveries, cancellationToken).ConfigureAwait(false);
        var isVerified = deliveries.Any(HasArrived);
        if (isVerified || deliveries.Count == 0)
        {
            return isVerified;
        }

        var lastStatus = deliveries[0].LastStatus?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
        throw new NodeDataException(
            $"Of the latest {deliveries.Count} deliveries to {endpoint.Id} none succeeded (the last one was answered {lastStatus}): its secret has not come to the "
                + $"receivers. Deploy it, or abort and rotate anew. The old endpoint {oldEndpointId} was left alone."
        );
    }

    // A receiver answers 409 where the same event is being handled just now, come by the old endpoint: it has verified the delivery by then.
    private static bool HasArrived(WebhookDelivery delivery) =>
        delivery.Status == WebhookDeliveryStatus.Succeeded || delivery.SucceededAt is not null || delivery.LastStatus == Conflict;
}
