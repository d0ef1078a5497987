using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Webhooks;

/// <summary>What a creation or a change asks for (contract, "Webhook endpoints"); null for what it does not mention.</summary>
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

    /// <summary>Reads a creation: an address and a list of event types must be there, and what can only be changed later is let be.</summary>
    public static EndpointChange ReadCreation(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        return new EndpointChange
        {
            Url = ValidateUrl(body.GetString("url")),
            Events =
                ReadEvents(body) ?? throw ApiErrorException.Invalid("events", "events is missing. An empty list asks for all of them."),
            Description = ReadDescription(body),
        };
    }

    /// <summary>Reads a change.</summary>
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

    /// <summary>Refuses an address that no delivery could go to.</summary>
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
                $"url is an address that begins with https://, or with http:// on this machine (localhost, 127.0.0.1), without a user, of up to {MaxUrlLength} characters."
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

    // Types that are not known are dropped and nobody is told; where none is left, the list is empty, and an empty one is all of them (contract).
    private static IReadOnlyList<string>? ReadEvents(JsonBody body) =>
        body.GetOptionalStrings("events") is { } requested ? [.. requested.Intersect(EventTypes, StringComparer.Ordinal)] : null;

    private static string? ReadDescription(JsonBody body) =>
        body.GetOptionalString("description") is not { } text ? null
        : text.EnumerateRunes().Count() <= MaxDescriptionLength ? text
        : throw ApiErrorException.Invalid("description", $"description has up to {MaxDescriptionLength} characters.");
}
