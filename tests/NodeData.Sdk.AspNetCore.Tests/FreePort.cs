using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.AspNetCore.Tests;

/// <summary>A port for an application whose address must be known before it starts.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
