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
/// Represents the event of a delivery. An event of a known type has its own class, such as <see cref="ListingPurchasedEvent"/>; an event of any other type is
/// of this class, with its data as JSON (contract, "Webhook endpoints"). Immutable and thread-safe.
/// </summary>
/// <remarks>Parsing does not verify the signature: verify the same bytes first, with <see cref="WebhookVerifier"/>.</remarks>
/// <param name="Type">The type of the event; empty if the body has none.</param>
[DebuggerDisplay("{ToString(),nq}")]
public record WebhookEvent(WebhookEventType Type)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly JsonElement? _data;

    /// <summary>The id, which is the same in each attempt of each delivery of the event; null if the body has none. Any non-empty text.</summary>
    public string? Id { get; init; }

    /// <summary>The time of the event; null if the body has none. A time without an offset is read as UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// The data as JSON, with secrets masked; null if the body has none. <see cref="ReadData{T}"/> reads the data unmasked.
    /// </summary>
    public JsonElement? DataJson
    {
        // Masked on access, so that an event whose data is not read costs nothing.
        get => _data is { } data ? SecretJson.Mask(data) : null;
        init => _data = value;
    }

    /// <summary>
    /// Members of the body that have no property here; secrets are masked. If a member has an unexpected JSON type (for example, an <c>id</c> that is a
    /// number), its property is null and this dictionary contains the member.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Parses the body of a delivery.</summary>
    /// <param name="body">The UTF-8 bytes; a byte order mark is skipped. The event keeps a copy.</param>
    /// <returns>The event.</returns>
    /// <exception cref="WebhookPayloadException">The body is not a JSON object (<c>malformed_payload</c>).</exception>
    public static WebhookEvent Parse(ReadOnlySpan<byte> body) =>
        EventReader.Read(body, out var error) ?? throw new WebhookPayloadException(error);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static WebhookEvent Parse(ReadOnlySequence<byte> body) => body.IsSingleSegment ? Parse(body.FirstSpan) : Parse(body.ToArray());

    /// <summary>
    /// Tries to parse the body of a delivery. A body that is not a JSON object corresponds to <see cref="WebhookErrorCode.MalformedPayload"/>. Never throws.
    /// </summary>
    /// <param name="body">The UTF-8 bytes; a byte order mark is skipped. The event keeps a copy.</param>
    /// <param name="webhookEvent">The event; null if the body is not a JSON object.</param>
    /// <returns>Whether the body is a JSON object.</returns>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out WebhookEvent? webhookEvent)
    {
        webhookEvent = EventReader.Read(body, out _);
        return webhookEvent is not null;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out WebhookEvent?)"/>
    public static bool TryParse(ReadOnlySequence<byte> body, [NotNullWhen(true)] out WebhookEvent? webhookEvent) =>
        body.IsSingleSegment ? TryParse(body.FirstSpan, out webhookEvent) : TryParse(body.ToArray(), out webhookEvent);

    /// <summary>Reads the data, unmasked, as a type of your own, without reflection.</summary>
    /// <typeparam name="T">The type. Use <see cref="long"/> for amounts: they are integers in the smallest unit.</typeparam>
    /// <param name="typeInfo">The type's metadata, from your <c>JsonSerializerContext</c>.</param>
    /// <returns>The data; default if the body has none.</returns>
    /// <exception cref="WebhookPayloadException">The data cannot be read as <typeparamref name="T"/>.</exception>
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

    /// <summary>Returns the type and the id, never the data.</summary>
    /// <returns>The type and the id; secrets are masked.</returns>
    public sealed override string ToString() => SecretText.Mask(Id is null ? Type.Value : $"{Type} {Id}");
}
