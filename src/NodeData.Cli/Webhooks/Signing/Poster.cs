using System.Globalization;
using System.Net.Sockets;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Posts deliveries as the service does: no redirect is followed, no proxy asked, and an answer is waited for 15 seconds.</summary>
/// <param name="time">Measures the wait.</param>
/// <param name="connect">Makes connections; null for the usual ones.</param>
internal sealed class Poster(TimeProvider time, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null)
    : IDisposable
{
    private const int LongestAnswerSeconds = 15;
    private const int MostAnswerBytes = 1024 * 1024;

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
        MaxResponseContentBufferSize = MostAnswerBytes,
    };

    /// <param name="address">Where to.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="headers">The headers, those of the body included; the content type is JSON where they name none.</param>
    /// <param name="cancellationToken">Gives it up: the only thing that it throws for.</param>
    public async Task<Posted> PostAsync(
        Uri address,
        byte[] body,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken
    )
    {
        using var request = RequestOf(address, body, headers);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(LongestAnswerSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var began = time.GetTimestamp();
        try
        {
            using var response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token)
                .ConfigureAwait(false);
            return new Posted((int)response.StatusCode, null, time.GetElapsedTime(began))
            {
                Body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false),
                Headers = Posted.HeadersOf(response),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(string.Create(CultureInfo.InvariantCulture, $"no answer within {LongestAnswerSeconds} s"));
        }
        catch (HttpRequestException cause) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(Explain(cause.HttpRequestError));
        }
        catch (SocketException) when (!cancellationToken.IsCancellationRequested)
        {
            // What .NET throws where the connection is reset as soon as it was made.
            return Failed(Explain(HttpRequestError.Unknown));
        }

        Posted Failed(string error) => new(null, error, time.GetElapsedTime(began));
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage RequestOf(Uri address, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers)
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
