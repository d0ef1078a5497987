using System.Net;
using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>A delivery attempt as received: the bytes of its body and its end-to-end headers.</summary>
internal sealed record WebhookRequest(byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    // Headers of a connection, not of the message (RFC 9110, section 7.6.1), and headers that the next connection sets itself.
    private static readonly HashSet<string> ConnectionHeaders = new(StringComparer.OrdinalIgnoreCase)
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

    /// <summary>The parsed body; null if it is not an event.</summary>
    public WebhookEvent? Event { get; } = WebhookEvent.TryParse(Body, out var parsed) ? parsed : null;

    public string? Signature =>
        Headers.FirstOrDefault(header => header.Key.Equals(WebhookVerifier.HeaderName, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads a request; null if it ended early.</summary>
    public static async Task<WebhookRequest?> ReadAsync(HttpListenerRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        try
        {
            await request.InputStream.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException)
        {
            return null;
        }

        return request.ContentLength64 >= 0 && body.Length < request.ContentLength64
            ? null
            : new WebhookRequest(body.ToArray(), [.. GetHeaders(request)]);
    }

    /// <summary>Returns the same delivery with a new signature, as the service signs each attempt.</summary>
    public WebhookRequest WithNewSignature(WebhookSigner signer, DateTimeOffset now) =>
        new(
            Body,
            [
                .. Headers.Where(header => !header.Key.Equals(WebhookVerifier.HeaderName, StringComparison.OrdinalIgnoreCase)),
                new(WebhookVerifier.HeaderName, signer.Sign(Body, now)),
            ]
        );

    /// <summary>Sends the application's response to the sender of the delivery.</summary>
    public static async Task RespondAsync(HttpListenerResponse response, WebhookSendResult result)
    {
        try
        {
            response.StatusCode = result.Status ?? (int)HttpStatusCode.BadGateway;
            foreach (var (name, value) in result.Headers.Where(header => !ConnectionHeaders.Contains(header.Key)))
            {
                response.AppendHeader(name, value);
            }

            response.ContentLength64 = result.Body.Length;
            await response.OutputStream.WriteAsync(result.Body).ConfigureAwait(false);
            response.Close();
        }
        catch (Exception exception)
            when (exception is HttpListenerException or IOException or InvalidOperationException or ArgumentException)
        {
            // The sender no longer waits, or the response is a 204 with a body. Only the status matters.
            response.Abort();
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> GetHeaders(HttpListenerRequest request) =>
        request
            .Headers.AllKeys.Where(name => name is not null && !ConnectionHeaders.Contains(name))
            .Select(name => KeyValuePair.Create(name!, request.Headers[name] ?? ""));
}
