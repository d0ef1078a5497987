using System.Net;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>Content that states its full length and ends early.</summary>
internal sealed class TruncatedContent(byte[] body, int? maxBytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var sent = Math.Min(maxBytes ?? (body.Length / 2), body.Length - 1);
        await stream.WriteAsync(body.AsMemory(0, sent)).ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
        throw new IOException("The body was truncated by an injected fault.");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
