using System.Net.Http.Headers;
using System.Net.Sockets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Makes attempts: one POST on a new connection, signed with the current time of the emulator's clock (contract, "Webhook signatures"). Redirects are not
/// followed, and no proxy is used.
/// </summary>
/// <param name="clock">The emulator's clock.</param>
/// <param name="connect">Opens connections; null for the default.</param>
internal sealed class DeliverySender(
    TimeProvider clock,
    Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null
) : IDisposable
{
    private const int ResponseTimeoutSeconds = 15;

    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // A pooled connection may have been closed by a restart of the receiver, and the attempt would fail.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = connect,
        }
    );

    /// <summary>Makes an attempt and returns its outcome.</summary>
    /// <param name="attempt">The data of the attempt.</param>
    /// <param name="fault">The fault to inject; null for none.</param>
    /// <param name="stopping">Cancels the attempt, which then does not count; the only cause of an exception.</param>
    public async Task<Outcome> SendAsync(AttemptData attempt, EmulatorDeliveryFault? fault, CancellationToken stopping)
    {
        switch (fault?.Kind)
        {
            case EmulatorDeliveryFault.FaultKind.Drop:
                return Outcome.Failed("The attempt was dropped by an injected fault.");
            case EmulatorDeliveryFault.FaultKind.Duplicate:
                var both = await Task.WhenAll(PostAsync(attempt, fault, stopping), PostAsync(attempt, fault, stopping))
                    .ConfigureAwait(false);
                return both.FirstOrDefault(outcome => outcome.IsSuccess) ?? both[0];
            default:
                return await PostAsync(attempt, fault, stopping).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Outcome> PostAsync(AttemptData attempt, EmulatorDeliveryFault? fault, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(ResponseTimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        using var request = CreateRequest(attempt, fault);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            return CreateOutcome(response);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Outcome.Failed($"No response was received within {ResponseTimeoutSeconds} s.");
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or SocketException)
        {
            // A bare SocketException is thrown if the receiver resets the connection as soon as it is open.
            // Stopping may close the connection before the token is canceled.
            stopping.ThrowIfCancellationRequested();
            return Outcome.Failed(GetErrorMessage((cause as HttpRequestException)?.HttpRequestError));
        }
    }

    private HttpRequestMessage CreateRequest(AttemptData attempt, EmulatorDeliveryFault? fault)
    {
        using var signer =
            fault?.Kind is EmulatorDeliveryFault.FaultKind.UseInvalidSignature
                ? new WebhookSigner(WebhookSecrets.Create(attempt.Mode))
                : new WebhookSigner(attempt.Secrets);
        HttpContent content =
            fault?.Kind is EmulatorDeliveryFault.FaultKind.Truncate
                ? new TruncatedContent(attempt.Body, fault.Bytes)
                : new ByteArrayContent(attempt.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, attempt.Url) { Content = content };
        var signedAt = clock.GetUtcNow() - (fault?.Age ?? TimeSpan.Zero);
        request.Headers.TryAddWithoutValidation(WebhookVerifier.HeaderName, signer.Sign(attempt.Body, signedAt));
        request.Headers.TryAddWithoutValidation("User-Agent", "NodeData-Emulator");
        return request;
    }

    private Outcome CreateOutcome(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status is >= 200 and < 300
            ? new Outcome(status, null)
            : new Outcome(status, $"The receiver responded with {status}.", status is 409 or 429 or 503 ? GetRetryAfter(response) : null);
    }

    private TimeSpan? GetRetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null : header.Delta ?? (header.Date - clock.GetUtcNow());

    // Not the exception's message, which contains parts of the URL.
    private static string GetErrorMessage(HttpRequestError? error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => "The host name of the URL could not be resolved.",
            HttpRequestError.ConnectionError => "The connection was refused or could not be established.",
            HttpRequestError.SecureConnectionError => "The TLS connection could not be established.",
            _ => "The connection was closed before a response was received.",
        };
}
