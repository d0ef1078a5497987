using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>The software TPM, a real one in all but its chip, with a state of its own. The tests provision it with tpm2-tools, as a user does.</summary>
internal sealed class Swtpm : IAsyncDisposable
{
    public const string Key = "nd_test_abcdefghijklmnopqrst1234";
    public const string Password = "hunter2-of-the-robot";

    private readonly string _directory;
    private readonly string _flags;
    private int _port;
    private Process? _process;

    private Swtpm(string flags)
    {
        _flags = flags;
        _directory = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"swtpm:host=127.0.0.1,port={_port}");

    public int Port => _port;

    /// <summary>What the tools and a program need to find this TPM.</summary>
    public Dictionary<string, string> Environment =>
        new()
        {
            ["TPM2TOOLS_TCTI"] = Address,
            ["TSS2_LOG"] = "all+NONE",
            ["NODE_DATA_TPM"] = Address,
        };

    /// <summary>Starts one. Where it is not installed, the test is skipped, except in CI.</summary>
    public static async Task<Swtpm> StartAsync(string flags = "not-need-init,startup-clear")
    {
        string[] programs = ["swtpm", "tpm2_nvdefine"];
        var isThere = Array.TrueForAll(programs, program => File.Exists($"/usr/bin/{program}"));
        Assert.SkipUnless(
            isThere || System.Environment.GetEnvironmentVariable("CI") == "true",
            "swtpm and tpm2-tools are not there: apt-get install swtpm swtpm-tools tpm2-tools"
        );
        Assert.True(isThere, "swtpm and tpm2-tools are not there, and in CI nothing is skipped. eng/test.sh installs them.");
        var tpm = new Swtpm(flags);
        await tpm.StartOnFreePortsAsync();
        return tpm;
    }

    public TpmSecretResolver Resolver(Action<TpmSecretOptions>? configure = null)
    {
        var options = new TpmSecretOptions { Address = Address, Timeout = TimeSpan.FromMinutes(1) };
        configure?.Invoke(options);
        return new TpmSecretResolver(options);
    }

    /// <summary>Runs one of tpm2-tools, to which everything but success is a failure of the test.</summary>
    public Task<string> ToolAsync(string commandLine, string input = "")
    {
        var words = commandLine.Split(' ');
        return Command.SucceedAsync(words[0], words[1..], Environment, input);
    }

    /// <summary>Defines, writes and locks an index, without the proofs of the documented script.</summary>
    public async Task DefineAsync(string index, string attributes, string? text = Key, bool @lock = false, string? password = null)
    {
        var size = (text ?? Key).Length.ToString(CultureInfo.InvariantCulture);
        await ToolAsync($"tpm2_nvdefine -Q {index} -C o -s {size} -a {attributes}{(password is null ? "" : $" -p {password}")}");
        if (text is not null)
        {
            await ToolAsync($"tpm2_nvwrite -Q {index} -C o -i -", text);
        }

        if (@lock)
        {
            await ToolAsync($"tpm2_nvwritelock -Q {index} -C o");
        }
    }

    /// <summary>A file in the state's folder, for this test alone.</summary>
    public string FileOf(string text)
    {
        var path = Path.Combine(_directory, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>As a power cut does it: what is not stored is lost.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartOnFreePortsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
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

    // Another program may take a port between the search and the start; then swtpm says so and ends, and other ports are tried.
    private async Task StartOnFreePortsAsync()
    {
        var said = "";
        for (var attempt = 0; attempt < 5; attempt++)
        {
            _port = FindPorts();
            var pidFile = Path.Combine(_directory, "pid");
            // A daemon: once its starter has ended, it listens.
            var started = await Command.RunAsync(
                "swtpm",
                [
                    "socket",
                    "--tpm2",
                    "--tpmstate",
                    $"dir={_directory}",
                    "--server",
                    $"type=tcp,bindaddr=127.0.0.1,port={_port}",
                    "--ctrl",
                    $"type=tcp,bindaddr=127.0.0.1,port={_port + 1}",
                    .. _flags.Length == 0 ? Array.Empty<string>() : ["--flags", _flags],
                    "--pid",
                    $"file={pidFile}",
                    "--daemon",
                ]
            );
            if (started.ExitCode == 0)
            {
                var id = int.Parse(await File.ReadAllTextAsync(pidFile, CancellationToken.None), CultureInfo.InvariantCulture);
                _process = Process.GetProcessById(id);
                return;
            }

            said = started.Output;
        }

        Assert.Fail($"swtpm does not start: {said}");
    }

    // tpm2-tools look for the control port right behind the other.
    private static int FindPorts()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            using var second = new TcpListener(IPAddress.Loopback, port + 1);
            try
            {
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another pair.
            }
        }
    }
}
