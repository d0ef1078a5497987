using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>What an attempt needs, as it stands when the attempt begins.</summary>
/// <param name="Mode">The mode of the endpoint.</param>
/// <param name="Url">Where it goes.</param>
/// <param name="Body">The bytes of the event.</param>
/// <param name="Secrets">The secrets to sign with, the newest first.</param>
internal sealed record AttemptData(KeyMode Mode, Uri Url, byte[] Body, IReadOnlyList<WebhookSecret> Secrets)
{
    /// <summary>Null where the endpoint was deleted or disabled meanwhile.</summary>
    public static AttemptData? Load(Session session, EmulatorDelivery delivery, long now) =>
        WebhookEndpointRecords.FindById(session, delivery.EndpointId) is { IsEnabled: true } endpoint
            ? new AttemptData(
                endpoint.Mode,
                new Uri(endpoint.Url),
                EventRecords.GetBody(session, delivery.EventId),
                WebhookSecrets.ListValid(session, endpoint.Id, now)
            )
            : null;
}
