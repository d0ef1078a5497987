using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>
/// Reserves a port on which nothing listens, so that connections are refused. The port stays bound, so that the system assigns it to no other program; the
/// listeners of .NET can share a bound port, so a test can start and stop a listener on it repeatedly.
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
