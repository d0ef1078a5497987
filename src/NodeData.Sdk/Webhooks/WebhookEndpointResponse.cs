using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks;

/// <summary>The wire format of an endpoint.</summary>
internal class WebhookEndpointResponse
{
    public required string Id { get; set; }

    public string? Url { get; set; }

    public List<WebhookEventType>? Events { get; set; }

    public string? Description { get; set; }

    public bool? Enabled { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalMembers { get; set; }

    public WebhookEndpoint ToModel() =>
        new(Id)
        {
            Url = Url is not null && Uri.TryCreate(SecretText.Mask(Url), UriKind.RelativeOrAbsolute, out var url) ? url : null,
            Events = Events?.AsReadOnly(),
            Description = Description is null ? null : SecretText.Mask(Description),
            IsEnabled = Enabled,
            CreatedAt = CreatedAt,
            AdditionalMembers = SecretJson.Mask(AdditionalMembers),
        };
}
