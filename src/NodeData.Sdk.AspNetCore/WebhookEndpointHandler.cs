using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore;

/// <summary>Handles the HTTP requests of a receiver: reads a body of limited size, and responds with a status code and an empty body.</summary>
internal sealed class WebhookEndpointHandler(WebhookReceiver receiver)
{
    private readonly BodyReader _reader = new(receiver.MaxBodyBytes);

    public async Task HandleAsync(HttpContext context)
    {
        // No error pages: the response to every rejected request must be the same.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        using var body = new BodyBuffer();
        if (await ReadBodyAsync(context, body).ConfigureAwait(false) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        // If the sender disconnects, the handlers are not canceled: they complete the event.
        var result = await receiver.ReceiveAsync(body.Bytes, GetSignature(context.Request), CancellationToken.None).ConfigureAwait(false);
        context.Response.StatusCode = result.StatusCode;
        if (result.RetryAfter is { } retryAfter)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private async ValueTask<int?> ReadBodyAsync(HttpContext context, BodyBuffer body)
    {
        using var timeout = new CancellationTokenSource(receiver.Timeout, receiver.TimeProvider);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        try
        {
            return await _reader.ReadAsync(context.Request, body, limit.Token).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The body was not received in time, or the client disconnected and does not read the response.
            return StatusCodes.Status408RequestTimeout;
        }
    }

    // If the header occurs twice, the verifier parses the values as one, joined by a comma.
    private static string? GetSignature(HttpRequest request) =>
        request.Headers.TryGetValue(WebhookVerifier.HeaderName, out var values) ? values.ToString() : null;
}
