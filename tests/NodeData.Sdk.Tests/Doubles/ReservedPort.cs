using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>
/// A port where nobody listens until a test lets somebody: a connection is refused. It is bound meanwhile, so that no other program is given it; .NET's own
/// listeners share a bound port, and can be started there and ended again and again.
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
