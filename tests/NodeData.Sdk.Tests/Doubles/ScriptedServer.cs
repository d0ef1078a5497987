using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>
/// A server on a raw socket that passes each request to a callback of the test, which may also break the connection. It records the bytes of each request.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<ReceivedRequest, Task> _handleRequest;
    private readonly Task _accepting;
    private int _openConnections;

    public ScriptedServer(Func<ReceivedRequest, Task> handleRequest)
    {
        _handleRequest = handleRequest;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri BaseAddress => new($"http://{_listener.LocalEndpoint}/v1");

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    /// <summary>The number of open connections.</summary>
    public int OpenConnections => Volatile.Read(ref _openConnections);

    /// <summary>Completes when the first complete request was received.</summary>
    public TaskCompletionSource FirstRequest { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _openConnections);
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (client.Connected && await ReadAsync(stream) is { } text)
                {
                    var request = new ReceivedRequest(text, stream, client, Requests.Count, _stopping.Token);
                    Requests.Enqueue(request);
                    FirstRequest.TrySetResult();
                    await _handleRequest(request);
                }
            }
            catch (Exception failure)
                when (failure is IOException or ObjectDisposedException or SocketException or OperationCanceledException)
            {
                // The client or the test broke the connection, which is expected in such tests.
            }
            finally
            {
                Interlocked.Decrement(ref _openConnections);
            }
        }
    }

    private async Task<string?> ReadAsync(NetworkStream stream)
    {
        var received = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var text = received.ToString();
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && text.Length - end - 4 >= GetContentLength(text[..end]))
            {
                return text;
            }

            var read = await stream.ReadAsync(buffer, _stopping.Token);
            if (read == 0)
            {
                return null;
            }

            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }

    private static int GetContentLength(string head)
    {
        const string name = "content-length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[name.Length..], CultureInfo.InvariantCulture);
    }
}

/// <summary>A received request, with methods to respond to it.</summary>
internal sealed class ReceivedRequest(string text, NetworkStream stream, TcpClient client, int index, CancellationToken stopping)
{
    /// <summary>The head and the body, with one character for each byte.</summary>
    public string Text { get; } = text;

    /// <summary>The number of requests received before this one.</summary>
    public int Index { get; } = index;

    public CancellationToken Stopping { get; } = stopping;

    public Task RespondAsync(int status, string body, params string[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var lines = string.Concat(headers.Select(header => header + "\r\n"));
        return WriteAsync($"HTTP/1.1 {status} Status\r\nContent-Length: {bytes.Length}\r\n{lines}\r\n{body}");
    }

    public async Task WriteAsync(string raw) => await stream.WriteAsync(Encoding.UTF8.GetBytes(raw), Stopping);

    public async Task WriteAsync(byte[] raw) => await stream.WriteAsync(raw, Stopping);

    /// <summary>Closes the connection gracefully.</summary>
    public void Close() => client.Close();

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    /// <summary>Sends no response until the server stops.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, Stopping);
}
