using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Answers;

namespace NodeData.Emulator.Serving;

/// <summary>Reads a body whole. The server counts along and stops at <see cref="MostBytes"/>.</summary>
internal static class RequestBody
{
    public const long MostBytes = 1024 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        try
        {
            using var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes, http.RequestAborted).ConfigureAwait(false);
            return bytes.ToArray();
        }
        catch (BadHttpRequestException cause) when (cause.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            throw Refusal.TooLarge(MostBytes);
        }
    }
}
