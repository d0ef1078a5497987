using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>A TCP server that sends scripted responses to commands, and closes the connection after an incomplete or invalid one.</summary>
internal sealed class HostileTpm : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<int, byte[]?> _respond;
    private readonly TaskCompletionSource _commandReceived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    /// <param name="respond">Returns the response to the command with this number on a connection; null to send none.</param>
    public HostileTpm(Func<int, byte[]?> respond)
    {
        _respond = respond;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address =>
        string.Create(CultureInfo.InvariantCulture, $"swtpm:host=127.0.0.1,port={((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Gets a task that completes when the first command arrives.</summary>
    public Task CommandReceived => _commandReceived.Task;

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Connections++;
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        var command = new byte[4096];
        try
        {
            for (var number = 0; await stream.ReadAsync(command, _stopping.Token) > 0; number++)
            {
                _commandReceived.TrySetResult();
                if (_respond(number) is not { } response)
                {
                    continue; // no response, until the client closes the connection
                }

                await stream.WriteAsync(response, _stopping.Token);
                if (response.Length < 10 || response.Length < BitConverter.ToUInt16([response[5], response[4]]) || response[2] != 0)
                {
                    return; // the response is incomplete or invalid
                }
            }
        }
        catch (IOException)
        {
            // The client closed the connection.
        }
    }
}
