using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Webhooks;

/// <summary>A request to create or update a webhook endpoint (contract, "Webhook endpoints"); null for members that are not present.</summary>
internal sealed record EndpointChange
{
    private const int MaxUrlLength = 2048;
    private const int MaxDescriptionLength = 500;

    public static IReadOnlyList<string> EventTypes { get; } = [.. WebhookEventType.Known.Select(type => type.Value)];

    public string? Url { get; private init; }

    public IReadOnlyList<string>? Events { get; private init; }

    public string? Description { get; private init; }

    public bool IsDescriptionRemoved { get; private init; }

    public bool? IsEnabled { get; private init; }

    /// <summary>Reads a create request: <c>url</c> and <c>events</c> are required; <c>enabled</c> is ignored.</summary>
    public static EndpointChange ReadCreation(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        return new EndpointChange
        {
            Url = ValidateUrl(body.GetString("url")),
            Events =
                ReadEvents(body)
                ?? throw ApiErrorException.Invalid("events", "events is missing. An empty array subscribes to all event types."),
            Description = ReadDescription(body),
        };
    }

    /// <summary>Reads an update request.</summary>
    public static EndpointChange Read(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        return new EndpointChange
        {
            Url = body.GetOptionalString("url") is { } url ? ValidateUrl(url) : null,
            Events = ReadEvents(body),
            Description = ReadDescription(body),
            IsDescriptionRemoved = body.IsNull("description"),
            IsEnabled = body.GetOptionalBoolean("enabled"),
        };
    }

    /// <summary>Returns the URL if deliveries can be sent to it; otherwise, rejects it.</summary>
    public static string ValidateUrl(string url)
    {
        var isAllowed =
            url.Length <= MaxUrlLength
            && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        return isAllowed
            ? url
            : throw ApiErrorException.Invalid(
                "url",
                $"url must be an https:// URL, or an http:// URL of this machine (localhost, 127.0.0.1), without user information, of at most {MaxUrlLength} characters."
            );
    }

    public WebhookEndpointRecord ApplyTo(WebhookEndpointRecord endpoint) =>
        endpoint with
        {
            Url = Url ?? endpoint.Url,
            Events = Events ?? endpoint.Events,
            Description = IsDescriptionRemoved ? null : Description ?? endpoint.Description,
            IsEnabled = IsEnabled ?? endpoint.IsEnabled,
        };

    // Unknown types are dropped silently; if none is known, the list is empty, and an empty list means all types (contract).
    private static IReadOnlyList<string>? ReadEvents(JsonBody body) =>
        body.GetOptionalStrings("events") is { } requested ? [.. requested.Intersect(EventTypes, StringComparer.Ordinal)] : null;

    private static string? ReadDescription(JsonBody body) =>
        body.GetOptionalString("description") is not { } text ? null
        : text.EnumerateRunes().Count() <= MaxDescriptionLength ? text
        : throw ApiErrorException.Invalid("description", $"description must have at most {MaxDescriptionLength} characters.");
}
