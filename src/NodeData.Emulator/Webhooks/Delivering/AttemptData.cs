using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The data of an attempt, read when the attempt starts.</summary>
/// <param name="Mode">The mode of the endpoint.</param>
/// <param name="Url">The URL of the endpoint.</param>
/// <param name="Body">The bytes of the event.</param>
/// <param name="Secrets">The secrets to sign with, newest first.</param>
internal sealed record AttemptData(KeyMode Mode, Uri Url, byte[] Body, IReadOnlyList<WebhookSecret> Secrets)
{
    /// <summary>Reads the data; returns null if the endpoint was deleted or disabled meanwhile.</summary>
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
