using System.Net;
using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>A delivery as it came: the bytes of its body and the headers that belong to it.</summary>
internal sealed record Delivery(byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    // What belongs to one connection and not to the message (RFC 9110, section 7.6.1), and what the next connection makes itself.
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Expect",
        "Host",
        "Content-Length",
        "Server",
        "Date",
    };

    /// <summary>What the body says; null where it is no event.</summary>
    public WebhookEvent? Event { get; } = WebhookEvent.TryParse(Body, out var parsed) ? parsed : null;

    public string? Signature =>
        Headers.FirstOrDefault(header => header.Key.Equals(WebhookVerifier.HeaderName, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads a request; null where it broke off.</summary>
    public static async Task<Delivery?> ReadAsync(HttpListenerRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        try
        {
            await request.InputStream.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is HttpListenerException or IOException)
        {
            return null;
        }

        return request.ContentLength64 >= 0 && body.Length < request.ContentLength64
            ? null
            : new Delivery(body.ToArray(), [.. HeadersOf(request)]);
    }

    /// <summary>The same delivery, signed anew as the service does at each attempt.</summary>
    public Delivery SignedBy(WebhookSigner signer, DateTimeOffset now) =>
        new(
            Body,
            [
                .. Headers.Where(header => !header.Key.Equals(WebhookVerifier.HeaderName, StringComparison.OrdinalIgnoreCase)),
                new(WebhookVerifier.HeaderName, signer.Sign(Body, now)),
            ]
        );

    /// <summary>Gives the application's answer to whoever delivered.</summary>
    public static async Task AnswerAsync(HttpListenerResponse response, Posted posted)
    {
        try
        {
            response.StatusCode = posted.Status ?? (int)HttpStatusCode.BadGateway;
            foreach (var (name, value) in posted.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
            {
                response.AppendHeader(name, value);
            }

            response.ContentLength64 = posted.Body.Length;
            await response.OutputStream.WriteAsync(posted.Body).ConfigureAwait(false);
            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or InvalidOperationException or ArgumentException)
        {
            // Nobody waits for it any more, or a 204 with a body: the status is what counts.
            response.Abort();
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(HttpListenerRequest request) =>
        request
            .Headers.AllKeys.Where(name => name is not null && !OfTheConnection.Contains(name))
            .Select(name => KeyValuePair.Create(name!, request.Headers[name] ?? ""));
}
