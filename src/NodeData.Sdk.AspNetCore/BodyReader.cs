using Microsoft.AspNetCore.Http;

namespace NodeData.Sdk.AspNetCore;

/// <summary>Reads a body up to a bound. Its buffer grows with what has really come, never with what the sender says will come.</summary>
internal sealed class BodyReader(int maxBytes)
{
    private const long MaxTotalBytes = 64 * 1024 * 1024;

    private readonly BodyBudget _budget = new(Math.Max(MaxTotalBytes, 8L * maxBytes));

    /// <param name="request">The request.</param>
    /// <param name="body">Takes the bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The status to refuse it with; null where the whole body was read.</returns>
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
