using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>A socket that answers each command with what the test wrote, and closes when it has nothing more to say.</summary>
internal sealed class HostileTpm : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<int, byte[]?> _answer;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    /// <param name="answer">The answer to the command of this number on a connection; null to stay silent.</param>
    public HostileTpm(Func<int, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address =>
        string.Create(CultureInfo.InvariantCulture, $"swtpm:host=127.0.0.1,port={((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Done once the first command has arrived.</summary>
    public Task Asked => _asked.Task;

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                Connections++;
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception) when (_ending.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        var command = new byte[4096];
        try
        {
            for (var number = 0; await stream.ReadAsync(command, _ending.Token) > 0; number++)
            {
                _asked.TrySetResult();
                if (_answer(number) is not { } answer)
                {
                    continue; // silent, until the other side closes
                }

                await stream.WriteAsync(answer, _ending.Token);
                if (answer.Length < 10 || answer.Length < BitConverter.ToUInt16([answer[5], answer[4]]) || answer[2] != 0)
                {
                    return; // nothing more comes
                }
            }
        }
        catch (IOException)
        {
            // The other side had enough.
        }
    }
}
