using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using NodeData.Cli.Output;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Creates a sample event in the format of the emulator's events (docs/webhook-signatures.md, "Events", states what is assumed).</summary>
internal static class SampleEvent
{
    private const string Characters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdCharacters = 24;

    public static string CreateId() => $"ev_{RandomNumberGenerator.GetString(Characters, IdCharacters)}";

    public static byte[] CreateBody(WebhookEventType type, string id, DateTimeOffset createdAt)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("type", type.Value);
            writer.WriteString("created_at", Cell.FormatTime(createdAt));
            writer.WritePropertyName("data");
            writer.WriteRawValue(GetData(type));
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static string GetData(WebhookEventType type) =>
        type == WebhookEventType.ListingPurchased ? """{"listing":"grip-v0","amount_cents":4900}"""
        : type == WebhookEventType.ListingPublished ? """{"listing":"grip-v0"}"""
        : type == WebhookEventType.AssetDownloaded ? """{"listing":"grip-v0","file":"policy.safetensors"}"""
        : type == WebhookEventType.PayoutPaid ? """{"amount_cents":4410}"""
        : "{}";
}
