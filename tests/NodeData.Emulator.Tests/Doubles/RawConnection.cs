using System.Net.Sockets;
using System.Text;

namespace NodeData.Emulator.Tests.Doubles;

/// <summary>A TCP connection without an HTTP library, for what such a library would hide.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private RawConnection() { }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(address.Host, address.Port, Token);
        return connection;
    }

    public Task Send(string text) => _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Token).AsTask();

    /// <summary>Sends a request with a body, as text.</summary>
    public Task SendRequest(string method, string path, string key, string body = "") =>
        Send($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Reads until the other side closes the connection; returns the text and whether the connection was reset.</summary>
    public async Task<(string Text, bool WasReset)> ReadToEnd()
    {
        var all = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await _client.GetStream().ReadAsync(buffer, Token) is var count and > 0)
            {
                all.Write(buffer, 0, count);
            }

            return (Encoding.UTF8.GetString(all.ToArray()), false);
        }
        catch (IOException failure) when (failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return (Encoding.UTF8.GetString(all.ToArray()), true);
        }
    }

    public void Dispose() => _client.Dispose();
}
