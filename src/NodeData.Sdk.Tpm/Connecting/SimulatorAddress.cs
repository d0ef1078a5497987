using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>The address of the TCP socket of swtpm, which transfers commands and responses without framing.</summary>
internal sealed record SimulatorAddress(IPEndPoint Endpoint) : TpmAddress
{
    public override Stream Open(CancellationToken cancellationToken)
    {
        var socket = new Socket(Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var registration = cancellationToken.Register(socket.Dispose);
            socket.Connect(Endpoint);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new NodeDataConfigurationException(
                $"the TPM simulator at {Endpoint} cannot be reached ({failure.SocketErrorCode}). Start it, or correct the address.",
                failure
            );
        }
        catch (ObjectDisposedException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public override string ToString() => $"the TPM simulator at {Endpoint}";
}
