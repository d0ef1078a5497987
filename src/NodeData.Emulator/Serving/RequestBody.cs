using System.Buffers;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>Reads a body whole. What goes beyond <see cref="MaxBytes"/> is refused.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1024 * 1024;

    // A sender that is still sending reads no answer, so a body that is too large is read to its end before it is refused, within reason.
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
