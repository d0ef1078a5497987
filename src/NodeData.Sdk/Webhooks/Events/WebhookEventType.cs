using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Webhooks.Events;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// What happened, such as <c>listing.purchased</c>. The set is open: a type newer than this client is written <c>new WebhookEventType("robot.moved")</c> or as
/// plain text.
/// </summary>
[DebuggerDisplay("{Value,nq}")]
[JsonConverter(typeof(WebhookEventTypeJsonConverter))]
public readonly struct WebhookEventType : IEquatable<WebhookEventType>
{
    private readonly string? _value;

    /// <summary>A type by its text.</summary>
    /// <param name="value">1 to 100 visible ASCII characters, as the service spells it.</param>
    /// <exception cref="ArgumentException">The text is empty, too long, or holds white space or other than visible ASCII.</exception>
    public WebhookEventType(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > 100 || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("An event type is 1 to 100 visible ASCII characters, such as payout.paid.", nameof(value));
        }

        _value = value;
    }

    private WebhookEventType(string value, bool _) => _value = value;

    /// <summary>Somebody bought a listing of yours.</summary>
    public static WebhookEventType ListingPurchased { get; } = new("listing.purchased");

    /// <summary>A listing went public.</summary>
    public static WebhookEventType ListingPublished { get; } = new("listing.published");

    /// <summary>A file was downloaded.</summary>
    public static WebhookEventType AssetDownloaded { get; } = new("asset.downloaded");

    /// <summary>A payout was sent.</summary>
    public static WebhookEventType PayoutPaid { get; } = new("payout.paid");

    /// <summary>The types that this version knows (contract, "Webhook endpoints").</summary>
    public static IReadOnlyList<WebhookEventType> Known { get; } = [ListingPurchased, ListingPublished, AssetDownloaded, PayoutPaid];

    /// <summary>The service's word; empty only for <c>default(WebhookEventType)</c>, which is what an event without a type has.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this version knows the type.</summary>
    [JsonIgnore]
    public bool IsKnown => Known.Contains(this);

    /// <summary>A type by its text, as the constructor makes it.</summary>
    /// <exception cref="ArgumentException">The text cannot be an event type.</exception>
    public static implicit operator WebhookEventType(string value) => new(value);

    /// <summary>Whether both are the same word.</summary>
    public static bool operator ==(WebhookEventType left, WebhookEventType right) => left.Equals(right);

    /// <summary>Whether they are different words.</summary>
    public static bool operator !=(WebhookEventType left, WebhookEventType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WebhookEventType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WebhookEventType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The service's word.</summary>
    public override string ToString() => Value;

    /// <summary>A word from a body: whatever it is, it stays readable.</summary>
    internal static WebhookEventType FromBody(string value) => new(value, default);
}
