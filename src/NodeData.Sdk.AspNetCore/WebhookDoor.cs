using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.AspNetCore;

/// <summary>From an HTTP request to a receiver and back: reads a bounded body, and answers with a status and nothing else.</summary>
internal sealed class WebhookDoor(WebhookReceiver receiver)
{
    private readonly BodyReader _reader = new(receiver.MaxBodyBytes);

    public async Task AnswerAsync(HttpContext context)
    {
        // No page for errors: what is refused looks the same each time.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        using var body = new BodyBuffer();
        if (await RefusalOfAsync(context, body).ConfigureAwait(false) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        // The sender's hanging up does not cancel a handler: what it has begun is worth finishing.
        var receipt = await receiver.ReceiveAsync(body.Bytes, SignatureOf(context.Request), CancellationToken.None).ConfigureAwait(false);
        context.Response.StatusCode = receipt.StatusCode;
        if (receipt.RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private async ValueTask<int?> RefusalOfAsync(HttpContext context, BodyBuffer body)
    {
        using var timeUp = new CancellationTokenSource(receiver.Timeout, receiver.TimeProvider);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, context.RequestAborted);
        try
        {
            return await _reader.ReadAsync(context.Request, body, limit.Token).ConfigureAwait(false);
        }
        catch (BadHttpRequestException refusal)
        {
            return refusal.StatusCode;
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // Too slow, or gone: then nobody reads the answer.
            return StatusCodes.Status408RequestTimeout;
        }
    }

    // Given twice, it reads as two values joined by a comma: the verifier decides.
    private static string? SignatureOf(HttpRequest request) =>
        request.Headers.TryGetValue(WebhookVerifier.HeaderName, out var values) ? values.ToString() : null;
}
