using System.Globalization;
using System.Net.Sockets;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Posts deliveries as the service does: no redirect is followed, no proxy asked, and an answer is waited for 15 seconds.</summary>
/// <param name="time">Measures the wait.</param>
/// <param name="connect">Makes connections; null for the usual ones.</param>
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
            // A receiver that was started again would end a connection of before.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = connect,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxResponseBytes,
    };

    /// <param name="address">Where to.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="headers">The headers, those of the body included; the content type is JSON where they name none.</param>
    /// <param name="cancellationToken">Gives it up: the only thing that it throws for.</param>
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
            return CreateFailure(string.Create(CultureInfo.InvariantCulture, $"no answer within {ResponseTimeoutSeconds} s"));
        }
        catch (HttpRequestException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return CreateFailure(Explain(exception.HttpRequestError));
        }
        catch (SocketException) when (!cancellationToken.IsCancellationRequested)
        {
            // What .NET throws where the connection is reset as soon as it was made.
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

    // Not the exception's message: that repeats parts of the address.
    private static string Explain(HttpRequestError error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => "the host is not known",
            HttpRequestError.ConnectionError => "nobody answers at this address",
            HttpRequestError.SecureConnectionError => "the TLS connection could not be made",
            HttpRequestError.ConfigurationLimitExceeded => "the answer is larger than 1 MiB",
            _ => "the connection broke before there was an answer",
        };
}
