using System.Text.Json.Serialization;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Webhooks.Delivering;

namespace NodeData.Emulator.Control;

internal sealed record EventObject(string Id, string Type, string Mode, string CreatedAt, IReadOnlyList<string> DeliveryIds)
{
    public static EventObject From(EmittedEvent emitted) =>
        new(
            emitted.Id,
            emitted.Type,
            emitted.Mode.ToWireValue(),
            WireTime.Format(emitted.CreatedAt.ToUnixTimeMilliseconds()),
            emitted.DeliveryIds
        );
}

/// <summary>A delivery in the shape of the control API, with the endpoint and mode that are implied by the path and key in the API.</summary>
internal sealed record ControlDelivery(string EndpointId, string Mode, DeliveryObject Delivery)
{
    public static ControlDelivery From(EmulatorDelivery delivery) =>
        new(delivery.EndpointId, delivery.Mode.ToWireValue(), delivery.ToObject());
}

internal sealed record ControlDeliveryList(IReadOnlyList<ControlDelivery> Items);

internal sealed record SecretObject(string EndpointId, string Secret);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(EventObject))]
[JsonSerializable(typeof(ControlDeliveryList))]
[JsonSerializable(typeof(SecretObject))]
internal sealed partial class WebhookControlJson : JsonSerializerContext;
