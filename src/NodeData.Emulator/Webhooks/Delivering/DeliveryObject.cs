using System.Text.Json.Serialization;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>A delivery on the wire (contract, "Webhook endpoints").</summary>
internal sealed record DeliveryObject
{
    public required string Id { get; init; }

    public required string EventId { get; init; }

    public required string EventType { get; init; }

    public required string Status { get; init; }

    public required int Attempts { get; init; }

    public int? LastStatus { get; init; }

    public string? LastError { get; init; }

    public string? NextAttemptAt { get; init; }

    public string? SucceededAt { get; init; }

    public required string CreatedAt { get; init; }
}

internal sealed record DeliveryList(IReadOnlyList<DeliveryObject> Items);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DeliveryList))]
internal sealed partial class DeliveriesJson : JsonSerializerContext;
