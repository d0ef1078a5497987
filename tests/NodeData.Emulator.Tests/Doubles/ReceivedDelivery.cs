using System.Text.Json;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>A request that a receiver received.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without a query.</param>
/// <param name="Body">The received bytes of the body.</param>
/// <param name="IsComplete">Whether the body has the length of <c>Content-Length</c>.</param>
/// <param name="Headers">The headers.</param>
internal sealed record ReceivedDelivery(
    string Method,
    string Path,
    byte[] Body,
    bool IsComplete,
    IReadOnlyDictionary<string, string> Headers
)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string? EventId => Json.GetProperty("id").GetString();

    public string Signature => Headers[WebhookVerifier.HeaderName];

    /// <summary>The timestamp of the signature, in seconds since 1970.</summary>
    public long Timestamp => long.Parse(Signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Verifies the signature with one secret and the emulator's clock.</summary>
    public WebhookVerification Verify(string secret, EmulatorClock clock)
    {
        using var verifier = new WebhookVerifier(WebhookSecret.Parse(secret), new WebhookVerifierOptions { TimeProvider = clock });
        return verifier.Verify(Body, Signature);
    }
}
