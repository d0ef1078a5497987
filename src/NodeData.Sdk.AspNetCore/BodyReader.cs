using Microsoft.AspNetCore.Http;

namespace NodeData.Sdk.AspNetCore;

/// <summary>Reads a request body up to a maximum size. The size of the buffer depends on the received bytes, not on the Content-Length header.</summary>
internal sealed class BodyReader(int maxBytes)
{
    private const long MaxTotalBytes = 64 * 1024 * 1024;

    private readonly BodyBudget _budget = new(Math.Max(MaxTotalBytes, 8L * maxBytes));

    /// <param name="request">The request.</param>
    /// <param name="body">Receives the bytes.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The status code to reject the request with; null if the whole body was read.</returns>
    public async ValueTask<int?> ReadAsync(HttpRequest request, BodyBuffer body, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        while (true)
        {
            if (!body.TryEnsureSpace(_budget))
            {
                return StatusCodes.Status503ServiceUnavailable;
            }

            var read = await request.Body.ReadAsync(body.Free, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            body.Advance(read);
            if (body.Length > maxBytes)
            {
                return StatusCodes.Status413PayloadTooLarge;
            }
        }
    }
}
