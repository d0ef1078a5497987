using System.Globalization;
using System.Net.Sockets;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Sends deliveries as the service does: without redirects, without a proxy, and with a response timeout of 15 seconds.</summary>
/// <param name="time">Measures the timeout and the duration.</param>
/// <param name="connect">Opens connections; null for the default.</param>
internal sealed class WebhookSender(
    TimeProvider time,
    Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null
) : IDisposable
{
    private const int ResponseTimeoutSeconds = 15;
    private const int MaxResponseBytes = 1024 * 1024;

    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // A receiver that restarts closes pooled connections.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = connect,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxResponseBytes,
    };

    /// <param name="address">The receiver's address.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">The headers, including content headers. The default content type is JSON.</param>
    /// <param name="cancellationToken">Cancels the request. All other failures are returned, not thrown.</param>
    public async Task<WebhookSendResult> SendAsync(
        Uri address,
        byte[] body,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest(address, body, headers);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(ResponseTimeoutSeconds), time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var startTimestamp = time.GetTimestamp();
        try
        {
            using var response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseContentRead, linked.Token)
                .ConfigureAwait(false);
            return new WebhookSendResult((int)response.StatusCode, null, time.GetElapsedTime(startTimestamp))
            {
                Body = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false),
                Headers = WebhookSendResult.GetHeaders(response),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CreateFailure(string.Create(CultureInfo.InvariantCulture, $"no response within {ResponseTimeoutSeconds} s"));
        }
        catch (HttpRequestException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return CreateFailure(Explain(exception.HttpRequestError));
        }
        catch (SocketException) when (!cancellationToken.IsCancellationRequested)
        {
            // .NET throws this if the connection is reset right after it was established.
            return CreateFailure(Explain(HttpRequestError.Unknown));
        }

        WebhookSendResult CreateFailure(string error) => new(null, error, time.GetElapsedTime(startTimestamp));
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage CreateRequest(Uri address, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (!request.Content.Headers.NonValidated.Contains("Content-Type"))
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        return request;
    }

    // Not the exception's message, which repeats parts of the address.
    private static string Explain(HttpRequestError error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => "unknown host",
            HttpRequestError.ConnectionError => "the connection could not be established",
            HttpRequestError.SecureConnectionError => "the TLS connection could not be established",
            HttpRequestError.ConfigurationLimitExceeded => "the response is larger than 1 MiB",
            _ => "the connection was closed before a response was received",
        };
}
