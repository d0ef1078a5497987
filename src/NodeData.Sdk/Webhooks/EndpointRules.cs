using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks;

/// <summary>What an endpoint may be asked to be. Messages never repeat an address, which may hold a password.</summary>
internal static class EndpointRules
{
    public static Uri CheckUrl(string url, string name)
    {
        ArgumentNullException.ThrowIfNull(url, name);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) ? CheckUrl(uri, name) : throw CreateInvalidUrlException(name);
    }

    public static Uri CheckUrl(Uri url, string name)
    {
        ArgumentNullException.ThrowIfNull(url, name);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            throw CreateInvalidUrlException(name);
        }

        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            throw new ArgumentException(
                "The endpoint's url is a plain-http address beyond this machine, where anybody on the way could read the events. Use https.",
                name
            );
        }

        if (url.UserInfo.Length > 0)
        {
            throw new ArgumentException(
                "The endpoint's url holds a user name or password. Take them out: deliveries prove themselves by their signature.",
                name
            );
        }

        return ApiKeyFormat.MayContainSecret(Uri.UnescapeDataString(url.OriginalString))
            ? throw new ArgumentException("The endpoint's url holds a secret or something like one, and it is shown everywhere.", name)
            : url;
    }

    public static IReadOnlyList<WebhookEventType> CheckEvents(IReadOnlyList<WebhookEventType> events, string name)
    {
        ArgumentNullException.ThrowIfNull(events, name);
        WebhookEventType[] all = [.. events];
        return Array.Exists(all, type => type.Value.Length == 0)
            ? throw new ArgumentException("One of the event types is default(WebhookEventType), which names none.", name)
            : all;
    }

    public static string CheckDescription(string description, string name)
    {
        // Half of a surrogate pair reads as the replacement character, and cannot be sent.
        if (description.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            throw new ArgumentException("The endpoint's description holds half a character.", name);
        }

        return ApiKeyFormat.MayContainSecret(description)
            ? throw new ArgumentException(
                "The endpoint's description is shown everywhere, and this one holds a secret or something like one.",
                name
            )
            : description;
    }

    private static ArgumentException CreateInvalidUrlException(string name) =>
        new("The endpoint's url is no absolute address. Write one such as https://shop.example/webhooks/nodedata.", name);
}
