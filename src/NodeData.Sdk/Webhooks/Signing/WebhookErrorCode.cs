using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Why a delivery was refused, in the contract's words ("Webhook signatures"). The set is open: a word newer than this client stays readable.
/// </summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(WebhookErrorCodeJsonConverter))]
public readonly struct WebhookErrorCode : IEquatable<WebhookErrorCode>
{
    private readonly string? _value;

    /// <summary>A code by its word.</summary>
    /// <param name="value">The word.</param>
    public WebhookErrorCode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The header is missing, or is not of the form that the contract gives it.</summary>
    public static WebhookErrorCode MalformedSignature { get; } = new("malformed_signature");

    /// <summary>The header's time is further from now than the tolerance. Looked at before the signature itself.</summary>
    public static WebhookErrorCode StaleSignature { get; } = new("stale_signature");

    /// <summary>No signature was made over this body with any of the secrets.</summary>
    public static WebhookErrorCode InvalidSignature { get; } = new("invalid_signature");

    /// <summary>The body is not a JSON object. Only parsing says this, never verification.</summary>
    public static WebhookErrorCode MalformedPayload { get; } = new("malformed_payload");

    /// <summary>The word; empty only for <c>default(WebhookErrorCode)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether both are the same word.</summary>
    public static bool operator ==(WebhookErrorCode left, WebhookErrorCode right) => left.Equals(right);

    /// <summary>Whether they are different words.</summary>
    public static bool operator !=(WebhookErrorCode left, WebhookErrorCode right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WebhookErrorCode other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WebhookErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The word.</summary>
    public override string ToString() => Value;
}
