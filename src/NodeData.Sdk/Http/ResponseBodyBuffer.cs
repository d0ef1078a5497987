using System.Buffers;

namespace NodeData.Sdk.Http;

/// <summary>
/// The body of an answer in a rented buffer, read up to a limit. The buffer is wiped when it is given back, because an answer may hold a secret.
/// </summary>
internal sealed class ResponseBodyBuffer : IDisposable
{
    private const int InitialSize = 4096;

    private readonly int _limit;
    private byte[] _bytes;
    private int _length;

    private ResponseBodyBuffer(int limit, long? contentLength)
    {
        _limit = limit;
        // One byte beyond the limit tells a body that ends there from one that goes on; one beyond what was announced finds the end without growing.
        _bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(contentLength ?? InitialSize, limit) + 1);
    }

    /// <summary>What was read, within the limit.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Math.Min(_length, _limit));

    /// <summary>Whether the body goes on beyond the limit.</summary>
    public bool IsOverLimit => _length > _limit;

    private Memory<byte> FreeSpace
    {
        get
        {
            if (_length == _bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_bytes.Length * 2L, _limit + 1L));
                Bytes.CopyTo(larger);
                Release();
                _bytes = larger;
            }

            return _bytes.AsMemory(_length, Math.Min(_bytes.Length, _limit + 1) - _length);
        }
    }

    public static ResponseBodyBuffer Read(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var body = new ResponseBodyBuffer(limit, response.Content.Headers.ContentLength);
        try
        {
            var stream = response.Content.ReadAsStream(cancellationToken);
            // A blocking read heeds no token, so cancelling closes the response beneath it.
            using var closing = cancellationToken.UnsafeRegister(static response => ((HttpResponseMessage)response!).Dispose(), response);
            for (int read; !body.IsOverLimit && (read = stream.Read(body.FreeSpace.Span)) > 0; )
            {
                body._length += read;
            }

            cancellationToken.ThrowIfCancellationRequested();
            return body;
        }
        catch (IOException) when (!response.IsSuccessStatusCode && !cancellationToken.IsCancellationRequested)
        {
            // The status of an error says what happened; a part of its body is better than none.
            return body;
        }
        catch
        {
            body.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    public static async ValueTask<ResponseBodyBuffer> ReadAsync(
        HttpResponseMessage response,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var body = new ResponseBodyBuffer(limit, response.Content.Headers.ContentLength);
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            for (
                int read;
                !body.IsOverLimit && (read = await stream.ReadAsync(body.FreeSpace, cancellationToken).ConfigureAwait(false)) > 0;

            )
            {
                body._length += read;
            }

            return body;
        }
        catch (IOException) when (!response.IsSuccessStatusCode && !cancellationToken.IsCancellationRequested)
        {
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => Release();

    private void Release()
    {
        _bytes.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
