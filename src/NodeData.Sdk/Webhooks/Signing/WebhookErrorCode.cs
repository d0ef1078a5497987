using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents the reason why a webhook request was rejected (contract, "Webhook signatures"). The set is open: a value that is newer than this client is
/// preserved.
/// </summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(WebhookErrorCodeJsonConverter))]
public readonly struct WebhookErrorCode : IEquatable<WebhookErrorCode>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance from its value.</summary>
    /// <param name="value">The value.</param>
    public WebhookErrorCode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Gets the code for a signature header that is missing or malformed.</summary>
    public static WebhookErrorCode MalformedSignature { get; } = new("malformed_signature");

    /// <summary>
    /// Gets the code for a time in the header that differs from the current time by more than the tolerance. It is checked before the signature itself.
    /// </summary>
    public static WebhookErrorCode StaleSignature { get; } = new("stale_signature");

    /// <summary>Gets the code for a header in which no signature matches the body and any of the secrets.</summary>
    public static WebhookErrorCode InvalidSignature { get; } = new("invalid_signature");

    /// <summary>Gets the code for a body that is not a JSON object. It is reported by parsing only, never by verification.</summary>
    public static WebhookErrorCode MalformedPayload { get; } = new("malformed_payload");

    /// <summary>Gets the value; empty only for <c>default(WebhookErrorCode)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Determines whether two codes are equal.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>true if the values are equal; otherwise, false.</returns>
    public static bool operator ==(WebhookErrorCode left, WebhookErrorCode right) => left.Equals(right);

    /// <summary>Determines whether two codes differ.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>true if the values differ; otherwise, false.</returns>
    public static bool operator !=(WebhookErrorCode left, WebhookErrorCode right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WebhookErrorCode other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WebhookErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the value.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
