using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using NodeData.TestKit;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>
/// A Redis server for one test, on a Unix socket in a temporary directory, so that no port is needed. Acknowledged writes are on disk. It can be killed,
/// suspended, and restarted with or without its data.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nodedata-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    public string SocketPath => Path.Combine(_directory.FullName, "redis.sock");

    /// <summary>The address for a connection string, without a password. The timeouts of the client are long, so that only a hang reaches them.</summary>
    public string Address => $"!{SocketPath},connectTimeout=60000,asyncTimeout=60000,syncTimeout=60000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a server. Skips the test if redis-server is not installed; in CI the test fails instead.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        RequiredProgram.Require("redis-server");
        var server = new RedisServer(settings);
        await server.RestartAsync();
        return server;
    }

    public async Task RestartAsync()
    {
        string[] arguments =
        [
            "--port",
            "0",
            "--unixsocket",
            SocketPath,
            "--dir",
            _directory.FullName,
            "--logfile",
            "",
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            .. _settings,
        ];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.Contains("eady to accept connections", StringComparison.Ordinal))
            {
                // Further output must not fill the pipe.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("redis-server exited before it was ready.");
    }

    /// <summary>Sends SIGKILL: unwritten data is lost.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Deletes the data of the stopped server.</summary>
    public void DeleteData() => Directory.Delete(Path.Combine(_directory.FullName, "appendonlydir"), recursive: true);

    /// <summary>Sends SIGSTOP: the server keeps its connections and does not respond.</summary>
    public Task SuspendAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    public ConfigurationOptions CreateOptions(string? password = null) =>
        new()
        {
            EndPoints = { new UnixDomainSocketEndPoint(SocketPath) },
            Password = password,
            AllowAdmin = true,
            AbortOnConnectFail = false,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(100),
            ConnectTimeout = 60_000,
            AsyncTimeout = 60_000,
            SyncTimeout = 60_000,
        };

    public async Task<ConnectionMultiplexer> ConnectAsync(string? password = null) =>
        await ConnectionMultiplexer.ConnectAsync(CreateOptions(password));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _directory.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }
}
