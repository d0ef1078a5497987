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
/// Represents a webhook event. An event of a known type is an instance of a derived class, such as <see cref="ListingPurchasedEvent"/>; an event of any other
/// type is an instance of this class, with its data as JSON (contract, "Webhook endpoints"). Immutable and thread-safe.
/// </summary>
/// <remarks>Parsing does not verify the signature: verify the same bytes first, with <see cref="WebhookVerifier"/>.</remarks>
/// <param name="Type">The type of the event; empty if the body has no type.</param>
[DebuggerDisplay("{ToString(),nq}")]
public record WebhookEvent(WebhookEventType Type)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly JsonElement? _data;

    /// <summary>Gets the ID, a non-empty string that is the same on each attempt of each delivery of the event; null if the body has no ID.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the time of the event; null if the body has no time. A time without an offset is read as UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the data as JSON, with secrets masked; null if the body has no data. <see cref="ReadData{T}"/> reads the data unmasked.</summary>
    public JsonElement? DataJson
    {
        // Masked on access, so that nothing is computed for data that is not read.
        get => _data is { } data ? SecretJson.Mask(data) : null;
        init => _data = value;
    }

    /// <summary>
    /// Gets the members of the body that have no property in this class; secrets are masked. If a member has an unexpected JSON type (for example, an <c>id</c>
    /// that is a number), its property is null and this dictionary contains the member.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Parses the body of a request.</summary>
    /// <param name="body">The UTF-8 bytes; a byte order mark is skipped. The event contains a copy.</param>
    /// <returns>The event.</returns>
    /// <exception cref="WebhookPayloadException">The body is not a JSON object (<c>malformed_payload</c>).</exception>
    public static WebhookEvent Parse(ReadOnlySpan<byte> body) =>
        EventReader.Read(body, out var error) ?? throw new WebhookPayloadException(error);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static WebhookEvent Parse(ReadOnlySequence<byte> body) => body.IsSingleSegment ? Parse(body.FirstSpan) : Parse(body.ToArray());

    /// <summary>
    /// Tries to parse the body of a request. A body that is not a JSON object corresponds to <see cref="WebhookErrorCode.MalformedPayload"/>. Never throws.
    /// </summary>
    /// <param name="body">The UTF-8 bytes; a byte order mark is skipped. The event contains a copy.</param>
    /// <param name="webhookEvent">The event; null if the body is not a JSON object.</param>
    /// <returns>true if the body is a JSON object; otherwise, false.</returns>
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
    /// <returns>The data; default if the body has no data.</returns>
    /// <exception cref="WebhookPayloadException">The data cannot be read as <typeparamref name="T"/>.</exception>
    public T? ReadData<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        try
        {
            return _data is { } data ? data.Deserialize(typeInfo) : default;
        }
        catch (JsonException exception)
        {
            throw new WebhookPayloadException(
                $"The data of a webhook event cannot be read as {typeof(T).Name}. Compare the type's members with DataJson.",
                exception
            );
        }
    }

    /// <summary>Returns the type and the ID, never the data.</summary>
    /// <returns>The type and the ID; secrets are masked.</returns>
    public sealed override string ToString() => SecretText.Mask(Id is null ? Type.Value : $"{Type} {Id}");
}
