using System.Buffers;
using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Webhooks.Events;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// What a delivery says. An event of a known type is of its own class, such as <see cref="ListingPurchasedEvent"/>; one of any other type is of this class, its
/// data readable as JSON (contract, "Webhook endpoints"). Immutable and safe for use by several threads.
/// </summary>
/// <remarks>Parsing trusts what it is given: verify the same bytes first, with <see cref="WebhookVerifier"/>.</remarks>
/// <param name="Type">What happened; empty where the body does not say.</param>
[DebuggerDisplay("{ToString(),nq}")]
public record WebhookEvent(WebhookEventType Type)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly JsonElement? _data;

    /// <summary>The id, the same for each attempt to deliver the event; null where the body has none. Any non-empty text.</summary>
    public string? Id { get; init; }

    /// <summary>When it happened; null where the body does not say. A time without an offset is read as UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// The data as JSON, secrets in it masked; null where the body has none. For the data as it came, read it as a type: <see cref="ReadData{T}"/>.
    /// </summary>
    public JsonElement? DataJson
    {
        // Masked when it is shown: a delivery whose handler does not look costs nothing.
        get => _data is { } data ? SecretJson.Mask(data) : null;
        init => _data = value;
    }

    /// <summary>
    /// What the body said beyond the members above, secrets masked. A member that is not of the kind that it should be (an <c>id</c> that is a number, say) is
    /// null above and stands here as it came.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Reads a delivery's body.</summary>
    /// <param name="body">The bytes, UTF-8; a byte order mark is skipped. A copy is kept.</param>
    /// <exception cref="WebhookPayloadException">The body is not a JSON object (<c>malformed_payload</c>).</exception>
    public static WebhookEvent Parse(ReadOnlySpan<byte> body) =>
        EventReader.Read(body, out var error) ?? throw new WebhookPayloadException(error);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static WebhookEvent Parse(ReadOnlySequence<byte> body) => body.IsSingleSegment ? Parse(body.FirstSpan) : Parse(body.ToArray());

    /// <summary>Reads a delivery's body where it is a JSON object; where not, that is <see cref="WebhookErrorCode.MalformedPayload"/>. Never throws.</summary>
    /// <param name="body">The bytes, UTF-8; a byte order mark is skipped. A copy is kept.</param>
    /// <param name="webhookEvent">The event, or null.</param>
    /// <returns>Whether the body is a JSON object.</returns>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out WebhookEvent? webhookEvent)
    {
        webhookEvent = EventReader.Read(body, out _);
        return webhookEvent is not null;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out WebhookEvent?)"/>
    public static bool TryParse(ReadOnlySequence<byte> body, [NotNullWhen(true)] out WebhookEvent? webhookEvent) =>
        body.IsSingleSegment ? TryParse(body.FirstSpan, out webhookEvent) : TryParse(body.ToArray(), out webhookEvent);

    /// <summary>Reads the data, as it came, as a type of the caller's own, without reflection.</summary>
    /// <typeparam name="T">The caller's type. Give amounts the type <see cref="long"/>: they are integers of the smallest unit.</typeparam>
    /// <param name="typeInfo">The type's metadata, from the caller's own <c>JsonSerializerContext</c>.</param>
    /// <returns>The data; default where the body has none.</returns>
    /// <exception cref="WebhookPayloadException">The data is not of that shape.</exception>
    public T? ReadData<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        try
        {
            return _data is { } data ? data.Deserialize(typeInfo) : default;
        }
        catch (JsonException mismatch)
        {
            throw new WebhookPayloadException(
                $"The data of a webhook event cannot be read as {typeof(T).Name}. Compare the type's members with DataJson.",
                mismatch
            );
        }
    }

    /// <summary>The type and the id: never what stands in the data.</summary>
    public sealed override string ToString() => SecretText.Mask(Id is null ? Type.Value : $"{Type} {Id}");
}
