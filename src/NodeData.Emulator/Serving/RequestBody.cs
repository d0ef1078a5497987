using System.Buffers;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>Reads a complete body. A body of more than <see cref="MaxBytes"/> is rejected.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1024 * 1024;

    // A client that is still sending does not read the response, so a body that is too large is read up to this limit before it is rejected.
    private const long MaxBytesRead = 64L * MaxBytes;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            long bytesRead = 0;
            for (
                int read;
                bytesRead <= MaxBytesRead
                    && (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted).ConfigureAwait(false)) > 0;

            )
            {
                bytesRead += read;
                if (bytesRead <= MaxBytes)
                {
                    body.Write(buffer, 0, read);
                }
            }

            return bytesRead <= MaxBytes ? body.ToArray() : throw ApiErrorException.TooLarge(MaxBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
