using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>A port where nobody listens, and that nobody else can take: it is held.</summary>
internal sealed class RefusingPort : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public RefusingPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri BaseAddress => new($"http://{_socket.LocalEndPoint}/v1");

    public void Dispose() => _socket.Dispose();
}
