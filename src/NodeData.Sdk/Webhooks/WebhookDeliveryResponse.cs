using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks;

/// <summary>The wire format of a delivery.</summary>
internal sealed class WebhookDeliveryResponse
{
    public required string Id { get; set; }

    public string? EventId { get; set; }

    public WebhookEventType? EventType { get; set; }

    public WebhookDeliveryStatus? Status { get; set; }

    public int? Attempts { get; set; }

    public int? LastStatus { get; set; }

    public string? LastError { get; set; }

    public DateTimeOffset? NextAttemptAt { get; set; }

    public DateTimeOffset? SucceededAt { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalMembers { get; set; }

    public WebhookDelivery ToModel() =>
        new(Id)
        {
            EventId = EventId,
            EventType = EventType,
            Status = Status,
            Attempts = Attempts,
            LastStatus = LastStatus,
            LastError = LastError is null ? null : SecretText.Mask(LastError),
            NextAttemptAt = NextAttemptAt,
            SucceededAt = SucceededAt,
            CreatedAt = CreatedAt,
            AdditionalMembers = SecretJson.Mask(AdditionalMembers),
        };
}
