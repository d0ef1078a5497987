using System.Buffers;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Answers;

namespace NodeData.Emulator.Serving;

/// <summary>Reads a body whole. What goes beyond <see cref="MostBytes"/> is refused.</summary>
internal static class RequestBody
{
    public const int MostBytes = 1024 * 1024;

    // A sender that is still sending reads no answer, so a body that is too large is read to its end before it is refused, within reason.
    private const long MostBytesHeard = 64L * MostBytes;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        using var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            long heard = 0;
            for (
                int read;
                heard <= MostBytesHeard
                    && (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted).ConfigureAwait(false)) > 0;

            )
            {
                heard += read;
                if (heard <= MostBytes)
                {
                    kept.Write(buffer, 0, read);
                }
            }

            return heard <= MostBytes ? kept.ToArray() : throw Refusal.TooLarge(MostBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
