using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>
/// Opens connections that the peer resets before their first use; .NET throws a bare SocketException for them. A listener that resets the connections it
/// accepts causes this about once in a thousand times; this class causes it every time.
/// </summary>
internal sealed class ResetConnection : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ResetConnection() => _listener.Start();

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.LocalEndpoint, cancellationToken);
        using (var accepted = await _listener.AcceptSocketAsync(cancellationToken))
        {
            accepted.LingerState = new LingerOption(true, 0);
        }

        Assert.True(socket.Poll(TimeSpan.FromSeconds(60), SelectMode.SelectRead), "The reset did not arrive.");
        return new NetworkStream(socket, ownsSocket: true);
    }

    public void Dispose() => _listener.Dispose();
}
