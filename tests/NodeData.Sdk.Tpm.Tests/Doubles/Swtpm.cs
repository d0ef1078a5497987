using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NodeData.TestKit;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Runs swtpm, a complete TPM in software, with its own state. The tests provision it with tpm2-tools, as a user does.</summary>
internal sealed class Swtpm : IAsyncDisposable
{
    public const string Key = "nd_test_abcdefghijklmnopqrst1234";
    public const string Password = "hunter2-of-the-robot";

    /// <summary>The timeout for reads that must succeed: on a busy machine, many reads may wait for each other.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);

    private readonly string _directory;
    private readonly string _flags;

    // Bound for the whole lifetime, so that no other program gets these ports before or after swtpm listens. swtpm can share a port that is bound without a
    // listener.
    private readonly (Socket First, Socket Second) _ports = ReservePorts();
    private Process? _process;

    private Swtpm(string flags)
    {
        _flags = flags;
        _directory = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"swtpm:host=127.0.0.1,port={Port}");

    public int Port => GetPort(_ports.First);

    /// <summary>Gets the environment variables with which the tools and a program find this TPM.</summary>
    public Dictionary<string, string> Environment =>
        new()
        {
            ["TPM2TOOLS_TCTI"] = Address,
            ["TSS2_LOG"] = "all+NONE",
            ["NODE_DATA_TPM"] = Address,
        };

    /// <summary>Starts an instance. If swtpm is not installed, the test is skipped, except in CI.</summary>
    public static async Task<Swtpm> StartAsync(string flags = "not-need-init,startup-clear")
    {
        RequiredProgram.Require("swtpm", "tpm2_nvdefine");
        var tpm = new Swtpm(flags);
        await tpm.StartProcessAsync();
        return tpm;
    }

    public TpmSecretResolver CreateResolver(Action<TpmSecretOptions>? configure = null)
    {
        var options = new TpmSecretOptions { Address = Address, Timeout = MaxWait };
        configure?.Invoke(options);
        return new TpmSecretResolver(options);
    }

    /// <summary>Runs one of the tpm2-tools; if it does not succeed, the test fails.</summary>
    public Task<string> RunToolAsync(string commandLine, string input = "")
    {
        var parts = commandLine.Split(' ');
        return Command.RunSuccessfullyAsync(parts[0], parts[1..], Environment, input);
    }

    /// <summary>Defines, writes and locks an index, without the verification steps of the documented script.</summary>
    public async Task DefineIndexAsync(string index, string attributes, string? text = Key, bool @lock = false, string? password = null)
    {
        var size = (text ?? Key).Length.ToString(CultureInfo.InvariantCulture);
        await RunToolAsync($"tpm2_nvdefine -Q {index} -C o -s {size} -a {attributes}{(password is null ? "" : $" -p {password}")}");
        if (text is not null)
        {
            await RunToolAsync($"tpm2_nvwrite -Q {index} -C o -i -", text);
        }

        if (@lock)
        {
            await RunToolAsync($"tpm2_nvwritelock -Q {index} -C o");
        }
    }

    /// <summary>Creates a file in the state folder of this instance.</summary>
    public string CreateFile(string text)
    {
        var path = Path.Combine(_directory, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Restarts the TPM as a power failure does: state that is not stored is lost.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartProcessAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ports.First.Dispose();
        _ports.Second.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    private async Task StartProcessAsync()
    {
        var pidFile = Path.Combine(_directory, "pid");
        // In daemon mode the command exits once the daemon listens.
        await Command.RunSuccessfullyAsync(
            "swtpm",
            [
                "socket",
                "--tpm2",
                "--tpmstate",
                $"dir={_directory}",
                "--server",
                $"type=tcp,bindaddr=127.0.0.1,port={Port}",
                "--ctrl",
                $"type=tcp,bindaddr=127.0.0.1,port={Port + 1}",
                .. _flags.Length == 0 ? Array.Empty<string>() : ["--flags", _flags],
                "--pid",
                $"file={pidFile}",
                "--daemon",
            ]
        );
        var id = int.Parse(await File.ReadAllTextAsync(pidFile, CancellationToken.None), CultureInfo.InvariantCulture);
        _process = Process.GetProcessById(id);
    }

    // tpm2-tools expect the control port directly after the command port.
    private static (Socket First, Socket Second) ReservePorts()
    {
        while (true)
        {
            var first = ReservePort(0);
            try
            {
                return (first, ReservePort(GetPort(first) + 1));
            }
            catch (SocketException)
            {
                // The next port is in use: try another pair.
                first.Dispose();
            }
        }
    }

    private static Socket ReservePort(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static int GetPort(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
