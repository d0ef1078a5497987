using System.Diagnostics;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents the status of a delivery. The contract lists no values; the known values are those of the emulator. The set is open: a value that is newer than
/// this client is preserved.
/// </summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(WebhookDeliveryStatusJsonConverter))]
public readonly struct WebhookDeliveryStatus : IEquatable<WebhookDeliveryStatus>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance from the service's value.</summary>
    /// <param name="value">The value.</param>
    public WebhookDeliveryStatus(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Gets the status of a delivery that has a further attempt, the first or a later one.</summary>
    public static WebhookDeliveryStatus Pending { get; } = new("pending");

    /// <summary>Gets the status of a delivery of which an attempt succeeded.</summary>
    public static WebhookDeliveryStatus Succeeded { get; } = new("succeeded");

    /// <summary>Gets the status of a delivery that the service does not attempt again.</summary>
    public static WebhookDeliveryStatus Failed { get; } = new("failed");

    /// <summary>Gets the service's value; empty only for <c>default(WebhookDeliveryStatus)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Determines whether two statuses are equal.</summary>
    /// <param name="left">The first status.</param>
    /// <param name="right">The second status.</param>
    /// <returns>true if the values are equal; otherwise, false.</returns>
    public static bool operator ==(WebhookDeliveryStatus left, WebhookDeliveryStatus right) => left.Equals(right);

    /// <summary>Determines whether two statuses differ.</summary>
    /// <param name="left">The first status.</param>
    /// <param name="right">The second status.</param>
    /// <returns>true if the values differ; otherwise, false.</returns>
    public static bool operator !=(WebhookDeliveryStatus left, WebhookDeliveryStatus right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WebhookDeliveryStatus other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WebhookDeliveryStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the service's value.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
