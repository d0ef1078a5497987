using System.Diagnostics;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks;

/// <summary>How far a delivery has come. The contract names no words, so the known ones are those of the emulator; the set is open: a word newer than this client stays readable.</summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(WebhookDeliveryStatusJsonConverter))]
public readonly struct WebhookDeliveryStatus : IEquatable<WebhookDeliveryStatus>
{
    private readonly string? _value;

    /// <summary>A status by the service's word.</summary>
    /// <param name="value">The word.</param>
    public WebhookDeliveryStatus(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>It will be attempted, for the first time or again.</summary>
    public static WebhookDeliveryStatus Pending { get; } = new("pending");

    /// <summary>An attempt was answered with success.</summary>
    public static WebhookDeliveryStatus Succeeded { get; } = new("succeeded");

    /// <summary>It will not be attempted again by itself.</summary>
    public static WebhookDeliveryStatus Failed { get; } = new("failed");

    /// <summary>The service's word; empty only for <c>default(WebhookDeliveryStatus)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether both are the same word.</summary>
    public static bool operator ==(WebhookDeliveryStatus left, WebhookDeliveryStatus right) => left.Equals(right);

    /// <summary>Whether they are different words.</summary>
    public static bool operator !=(WebhookDeliveryStatus left, WebhookDeliveryStatus right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WebhookDeliveryStatus other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WebhookDeliveryStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The service's word.</summary>
    public override string ToString() => Value;
}
