using System.Text.Json;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>A delivery as an application received it.</summary>
internal sealed record ReceivedDelivery(byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Signature => Headers.GetValueOrDefault(WebhookVerifier.HeaderName);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string? EventId => Json.GetProperty("id").GetString();

    public string? Type => Json.GetProperty("type").GetString();

    public bool IsSignedWith(string secret)
    {
        using var verifier = new WebhookVerifier(WebhookSecret.Parse(secret));
        return verifier.Verify(Body, Signature).IsValid;
    }
}
