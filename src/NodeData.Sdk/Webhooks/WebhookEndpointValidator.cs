using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks;

/// <summary>Validates the properties of an endpoint before they are sent. Exception messages contain no URL, because a URL may contain a password.</summary>
internal static class WebhookEndpointValidator
{
    public static Uri ValidateUrl(string url, string name)
    {
        ArgumentNullException.ThrowIfNull(url, name);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) ? ValidateUrl(uri, name) : throw CreateInvalidUrlException(name);
    }

    public static Uri ValidateUrl(Uri url, string name)
    {
        ArgumentNullException.ThrowIfNull(url, name);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            throw CreateInvalidUrlException(name);
        }

        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            throw new ArgumentException(
                "The endpoint's URL uses http for an address that is not loopback, so anyone on the network could read the events. Use https.",
                name
            );
        }

        if (url.UserInfo.Length > 0)
        {
            throw new ArgumentException(
                "The endpoint's URL contains a user name or a password. Remove them: requests are authenticated by their signature.",
                name
            );
        }

        return ApiKeyFormat.MayContainSecret(Uri.UnescapeDataString(url.OriginalString))
            ? throw new ArgumentException(
                "The endpoint's URL contains a secret, or a string that looks like one. The URL is shown in plain text; remove the secret.",
                name
            )
            : url;
    }

    public static IReadOnlyList<WebhookEventType> ValidateEvents(IReadOnlyList<WebhookEventType> events, string name)
    {
        ArgumentNullException.ThrowIfNull(events, name);
        WebhookEventType[] all = [.. events];
        return Array.Exists(all, type => type.Value.Length == 0)
            ? throw new ArgumentException("One of the event types is default(WebhookEventType), which is not an event type.", name)
            : all;
    }

    public static string ValidateDescription(string description, string name)
    {
        // An unpaired surrogate is enumerated as the replacement character, and cannot be sent.
        if (description.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            throw new ArgumentException("The endpoint's description contains an unpaired surrogate.", name);
        }

        return ApiKeyFormat.MayContainSecret(description)
            ? throw new ArgumentException(
                "The endpoint's description contains a secret, or a string that looks like one. The description is shown in plain text; remove the secret.",
                name
            )
            : description;
    }

    private static ArgumentException CreateInvalidUrlException(string name) =>
        new("The endpoint's URL is not an absolute http or https URL. Use a URL such as https://shop.example/webhooks/nodedata.", name);
}
