using System.Net.Http.Headers;
using System.Net.Sockets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Makes attempts: one POST on a connection of its own, signed afresh with the time of the emulator's clock (contract, "Webhook signatures"). No redirect is
/// followed, no proxy asked.
/// </summary>
/// <param name="clock">The emulator's clock.</param>
/// <param name="connect">Makes connections; null for the usual ones.</param>
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
            // A receiver that was restarted would end a connection of before, and an attempt would fail for no reason of its own.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = connect,
        }
    );

    /// <summary>Makes an attempt, and tells how it ended.</summary>
    /// <param name="attempt">What is sent, and where to.</param>
    /// <param name="fault">What goes wrong on demand; null for nothing.</param>
    /// <param name="stopping">Gives the attempt up as if it had not been: the only thing that it throws for.</param>
    public async Task<Outcome> SendAsync(AttemptData attempt, EmulatorDeliveryFault? fault, CancellationToken stopping)
    {
        switch (fault?.Kind)
        {
            case EmulatorDeliveryFault.FaultKind.Drop:
                return Outcome.Failed("It was lost: a fault that was asked for.");
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
            return Outcome.Failed($"There was no answer within {ResponseTimeoutSeconds} s.");
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or SocketException)
        {
            // The bare SocketException comes from a connection that the receiver reset as soon as it was made.
            // Stopping may break the connection before it cancels.
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
            : new Outcome(status, $"The receiver answered {status}.", status is 409 or 429 or 503 ? GetRetryAfter(response) : null);
    }

    private TimeSpan? GetRetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null : header.Delta ?? (header.Date - clock.GetUtcNow());

    // Not the exception's message: that repeats parts of the address.
    private static string GetErrorMessage(HttpRequestError? error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => "The host of the address is not known.",
            HttpRequestError.ConnectionError => "The connection was refused or could not be made.",
            HttpRequestError.SecureConnectionError => "The TLS connection could not be made.",
            _ => "The connection broke before there was an answer.",
        };
}
