using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Webhooks.Events;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents the type of an event, such as <c>listing.purchased</c>. The set is open: create a type that is newer than this client with
/// <c>new WebhookEventType("robot.moved")</c>, or convert a string.
/// </summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(WebhookEventTypeJsonConverter))]
public readonly struct WebhookEventType : IEquatable<WebhookEventType>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance from the service's value.</summary>
    /// <param name="value">The value, 1 to 100 visible ASCII characters.</param>
    /// <exception cref="ArgumentException">The value is empty, too long, or contains a character other than visible ASCII.</exception>
    public WebhookEventType(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > 100 || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("An event type must be 1 to 100 visible ASCII characters, such as payout.paid.", nameof(value));
        }

        _value = value;
    }

    private WebhookEventType(string value, bool _) => _value = value;

    /// <summary>Gets the type of the event that a listing was purchased.</summary>
    public static WebhookEventType ListingPurchased { get; } = new("listing.purchased");

    /// <summary>Gets the type of the event that a listing was published.</summary>
    public static WebhookEventType ListingPublished { get; } = new("listing.published");

    /// <summary>Gets the type of the event that a file was downloaded.</summary>
    public static WebhookEventType AssetDownloaded { get; } = new("asset.downloaded");

    /// <summary>Gets the type of the event that a payout was paid.</summary>
    public static WebhookEventType PayoutPaid { get; } = new("payout.paid");

    /// <summary>Gets the event types that this version of the client knows (contract, "Webhook endpoints").</summary>
    public static IReadOnlyList<WebhookEventType> Known { get; } = [ListingPurchased, ListingPublished, AssetDownloaded, PayoutPaid];

    /// <summary>Gets the service's value; empty only for <c>default(WebhookEventType)</c>, the type of an event whose body has no type.</summary>
    public string Value => _value ?? "";

    /// <summary>Gets a value that indicates whether this version of the client knows the type.</summary>
    [JsonIgnore]
    public bool IsKnown => Known.Contains(this);

    /// <summary>Converts a string to an event type.</summary>
    /// <param name="value">The value, 1 to 100 visible ASCII characters.</param>
    /// <returns>The event type.</returns>
    /// <exception cref="ArgumentException">The value is empty, too long, or contains a character other than visible ASCII.</exception>
    public static implicit operator WebhookEventType(string value) => new(value);

    /// <summary>Determines whether two event types are equal.</summary>
    /// <param name="left">The first event type.</param>
    /// <param name="right">The second event type.</param>
    /// <returns>true if the values are equal; otherwise, false.</returns>
    public static bool operator ==(WebhookEventType left, WebhookEventType right) => left.Equals(right);

    /// <summary>Determines whether two event types differ.</summary>
    /// <param name="left">The first event type.</param>
    /// <param name="right">The second event type.</param>
    /// <returns>true if the values differ; otherwise, false.</returns>
    public static bool operator !=(WebhookEventType left, WebhookEventType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WebhookEventType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WebhookEventType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the service's value.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    /// <summary>Creates a type from a body, without validation, so that every value is preserved.</summary>
    internal static WebhookEventType FromBody(string value) => new(value, default);
}
