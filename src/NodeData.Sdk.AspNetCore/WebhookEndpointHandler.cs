using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore;

/// <summary>From an HTTP request to a receiver and back: reads a bounded body, and answers with a status and nothing else.</summary>
internal sealed class WebhookEndpointHandler(WebhookReceiver receiver)
{
    private readonly BodyReader _reader = new(receiver.MaxBodyBytes);

    public async Task HandleAsync(HttpContext context)
    {
        // No page for errors: what is refused looks the same each time.
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

        // The sender's hanging up does not cancel a handler: what it has begun is worth finishing.
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
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // Too slow, or gone: then nobody reads the answer.
            return StatusCodes.Status408RequestTimeout;
        }
    }

    // Given twice, it reads as two values joined by a comma: the verifier decides.
    private static string? GetSignature(HttpRequest request) =>
        request.Headers.TryGetValue(WebhookVerifier.HeaderName, out var values) ? values.ToString() : null;
}
