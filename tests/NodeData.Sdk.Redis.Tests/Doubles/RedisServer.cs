using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>
/// A real Redis of a test's own, on a Unix socket in a directory of its own, so that no port can be taken. What it answered is on the disk. Can be killed,
/// stopped, and started again with or without its data.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nodedata-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    public string SocketPath => Path.Combine(_directory.FullName, "redis.sock");

    /// <summary>For a connection string; needs no password. The client's own time-outs are for a hang alone.</summary>
    public string Address => $"!{SocketPath},connectTimeout=60000,asyncTimeout=60000,syncTimeout=60000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one, or skips the test where there is no redis-server; in CI that is a failure.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, "redis-server")));
        Assert.SkipUnless(
            isInstalled || Environment.GetEnvironmentVariable("CI") == "true",
            "Needs redis-server: apt-get install redis-server, or run eng/test.sh."
        );
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
                // What it prints from now on must not fill the pipe.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("redis-server ended before it was ready.");
    }

    /// <summary>SIGKILL: what it did not write is lost.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Takes its data away, while it does not run.</summary>
    public void DeleteData() => Directory.Delete(Path.Combine(_directory.FullName, "appendonlydir"), recursive: true);

    /// <summary>SIGSTOP: it keeps its connections, and answers nothing.</summary>
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
