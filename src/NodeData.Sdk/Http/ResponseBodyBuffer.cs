using System.Buffers;

namespace NodeData.Sdk.Http;

/// <summary>
/// Holds the body of a response in a rented buffer, read up to a limit. The buffer is cleared before it is returned to the pool, because a response may contain
/// a secret.
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
        // One byte beyond the limit distinguishes a body that ends there from a longer one; one byte beyond the Content-Length detects the end without growing.
        _bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(contentLength ?? InitialSize, limit) + 1);
    }

    /// <summary>The bytes read, up to the limit.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Math.Min(_length, _limit));

    /// <summary>Whether the body is not in the encoding that its headers name.</summary>
    public bool IsUndecodable { get; private set; }

    /// <summary>True if the body is longer than the limit; otherwise, false.</summary>
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

    /// <summary>Reads a body synchronously.</summary>
    /// <param name="response">The response.</param>
    /// <param name="limit">The number of bytes after which reading stops.</param>
    /// <param name="canBlock">Whether disposing the response ends a blocking read at once.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static ResponseBodyBuffer Read(HttpResponseMessage response, int limit, bool canBlock, CancellationToken cancellationToken)
    {
        var body = new ResponseBodyBuffer(limit, response.Content.Headers.ContentLength);
        try
        {
            var stream = response.Content.ReadAsStream(cancellationToken);
            // A blocking read does not observe a token, so cancellation disposes the response.
            using var registration = canBlock
                ? cancellationToken.UnsafeRegister(static response => ((HttpResponseMessage)response!).Dispose(), response)
                : default;
            for (
                int read;
                !body.IsOverLimit && (read = canBlock ? stream.Read(body.FreeSpace.Span) : body.Wait(stream, cancellationToken)) > 0;

            )
            {
                body._length += read;
            }

            cancellationToken.ThrowIfCancellationRequested();
            return body;
        }
        catch (IOException) when (!response.IsSuccessStatusCode && !cancellationToken.IsCancellationRequested)
        {
            // For an error, the status is sufficient; the bytes read so far are kept for the exception.
            return body;
        }
        catch (Exception exception) when (IsDecodingError(exception) && !cancellationToken.IsCancellationRequested)
        {
            return body.DiscardUndecodable();
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
        catch (Exception exception) when (IsDecodingError(exception) && !cancellationToken.IsCancellationRequested)
        {
            return body.DiscardUndecodable();
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => Release();

    // Gzip and deflate throw the one, Brotli throws the other.
    private static bool IsDecodingError(Exception exception) => exception is InvalidDataException or InvalidOperationException;

    // What was decoded before the error is not the body of the service.
    private ResponseBodyBuffer DiscardUndecodable()
    {
        _bytes.AsSpan(0, _length).Clear();
        _length = 0;
        IsUndecodable = true;
        return this;
    }

    // A handler of the caller may continue to read from the connection of a response that is disposed, while a blocking read uses it too. Its asynchronous read
    // observes the token by itself (decision 0011).
    private int Wait(Stream stream, CancellationToken cancellationToken)
    {
        var reading = stream.ReadAsync(FreeSpace, cancellationToken);
        return reading.IsCompletedSuccessfully ? reading.Result : reading.AsTask().GetAwaiter().GetResult();
    }

    private void Release()
    {
        _bytes.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
