using System.Buffers;
using System.Text.Json;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>An event to emit, without its ID and time.</summary>
/// <param name="Type">The event type.</param>
/// <param name="Data">The value of <c>data</c>, as JSON; null for an empty object.</param>
/// <param name="Mode">The mode whose endpoints receive the event.</param>
internal sealed record Emission(string Type, byte[]? Data, KeyMode Mode)
{
    /// <summary>Stores the event, and a delivery that is due immediately for each endpoint that is subscribed to its type.</summary>
    public EmittedEvent Store(Session session, DeliveryRecords deliveries, long now)
    {
        var id = Identifier.ForEvent();
        var time = DateTimeOffset.FromUnixTimeMilliseconds(now);
        List<EmulatorDelivery> created =
        [
            .. WebhookEndpointRecords
                .ListNewest(session, Mode)
                .Where(endpoint => endpoint.IsSubscribedTo(Type))
                .Reverse()
                .Select(endpoint => new EmulatorDelivery
                {
                    Id = Identifier.ForDelivery(),
                    EndpointId = endpoint.Id,
                    Mode = Mode,
                    EventId = id,
                    EventType = Type,
                    CreatedAt = time,
                    NextAttemptAt = time,
                }),
        ];
        var emitted = new EmittedEvent
        {
            Id = id,
            Type = Type,
            Mode = Mode,
            CreatedAt = time,
            Body = CreateBody(id, now),
            DeliveryIds = [.. created.Select(delivery => delivery.Id)],
        };
        EventRecords.Add(session, emitted);
        created.ForEach(delivery => deliveries.Add(session, delivery));
        return emitted;
    }

    private byte[] CreateBody(string id, long now)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("type", Type);
            writer.WriteString("created_at", WireTime.Format(now));
            writer.WritePropertyName("data");
            writer.WriteRawValue(Data ?? "{}"u8);
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
