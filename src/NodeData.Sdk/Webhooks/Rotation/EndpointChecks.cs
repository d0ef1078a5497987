using System.Globalization;

namespace NodeData.Sdk.Webhooks.Rotation;

/// <summary>Checks an endpoint before it is replaced, and its replacement before the old endpoint is deleted.</summary>
internal static class EndpointChecks
{
    private const int MaxDeliveries = 100;
    private const int ConflictStatus = 409;

    public static WebhookEndpoint EnsureReplaceable(WebhookEndpoint old) =>
        old switch
        {
            { IsEnabled: false } => throw new NodeDataException(
                $"The webhook endpoint {old.Id} is disabled, so nothing is delivered to it. Enable it, or create another endpoint. Nothing was done."
            ),
            { Url: null } or { Events: null } => throw new NodeDataException(
                $"The service does not report the URL or the event types of the webhook endpoint {old.Id}. Create its replacement yourself. "
                    + "Nothing was done."
            ),
            _ => old,
        };

    /// <summary>
    /// Checks that the new endpoint is enabled and that, if it has deliveries, a receiver that has the new secret verified at least one of them.
    /// </summary>
    /// <returns>true if such a delivery was found; false if there were no deliveries.</returns>
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
                $"The webhook endpoint {endpoint.Id}, which replaces {oldEndpointId}, is disabled. Enable it, then complete the rotation. Nothing was done."
            );
        }

        var deliveries = await webhooks.ListDeliveriesAsync(endpoint.Id, MaxDeliveries, cancellationToken).ConfigureAwait(false);
        var isVerified = deliveries.Any(HasReachedReceiver);
        if (isVerified || deliveries.Count == 0)
        {
            return isVerified;
        }

        var lastStatus = deliveries[0].LastStatus?.ToString(CultureInfo.InvariantCulture) ?? "no response";
        throw new NodeDataException(
            $"None of the latest {deliveries.Count} deliveries to {endpoint.Id} succeeded (last status: {lastStatus}), so the receivers do not have its secret. "
                + $"Deploy the secret, or roll back and rotate again. The old endpoint {oldEndpointId} was not changed."
        );
    }

    // A receiver responds with 409 while it handles the same event from the old endpoint; it has then already verified the request of this delivery.
    private static bool HasReachedReceiver(WebhookDelivery delivery) =>
        delivery.Status == WebhookDeliveryStatus.Succeeded || delivery.SucceededAt is not null || delivery.LastStatus == ConflictStatus;
}
