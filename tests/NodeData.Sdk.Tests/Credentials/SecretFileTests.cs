using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Credentials;

/// <summary>How a file with a secret may lie, and how it may be swapped.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ReadableByAll = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const string WebhookSecretText = "whsec_test_abcdefghijklmnop1234";

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tests-").FullName;
    private readonly FakeLogCollector _log = new();
    private readonly LoggerFactory _loggers;

    public SecretFileTests() => _loggers = new LoggerFactory([new FakeLoggerProvider(_log)]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_directory, "the key's file");

    public void Dispose()
    {
        _loggers.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_link_swapped_between_two_attempts_is_followed_by_the_second(Door door)
    {
        var link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, Put("nd_test_first", Private, "first"));
        Put("nd_test_second", Private, "second");
        await SwapBetweenAttempts(door, link, () => Swap(link, "second"));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_directory_of_a_mounted_volume_swapped_between_two_attempts_is_followed_by_the_second(Door door)
    {
        // As Kubernetes does it: key -> ..data/key, ..data -> ..2026_1; a new directory, then ..data is renamed over.
        foreach (var (version, key) in new[] { ("..2026_1", "nd_test_first"), ("..2026_2", "nd_test_second") })
        {
            Directory.CreateDirectory(Path.Combine(_directory, version));
            Put(key, Private, Path.Combine(version, "key"));
        }

        var data = Path.Combine(_directory, "..data");
        File.CreateSymbolicLink(data, "..2026_1");
        var file = Path.Combine(_directory, "key");
        File.CreateSymbolicLink(file, "..data/key");

        await SwapBetweenAttempts(door, file, () => Swap(data, "..2026_2"));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite, "0620")]
    [InlineData(UnixFileMode.OtherWrite, "0602")]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite, "0666")]
    public void A_file_that_others_may_write_is_refused_behind_a_link_too(UnixFileMode others, string octal)
    {
        var file = Put(Clients.TestKey, Private | others);
        var link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, file);

        var refusal = Refusal($"file:{link}");

        Assert.StartsWith($"NodeClientOptions.ApiKey: the file '{link}' may be written by others", refusal, StringComparison.Ordinal);
        Assert.Contains($"mode {octal}", refusal, StringComparison.Ordinal);
        Assert.EndsWith($"Run: chmod go-w '{link}'", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_in_the_refusal_cures_it()
    {
        var refusal = Refusal($"file:{Put(Clients.TestKey, ReadableByAll | UnixFileMode.GroupWrite)}");

        var command = refusal[(refusal.IndexOf("Run: ", StringComparison.Ordinal) + 5)..];
        Assert.Equal(0, (await Command.RunAsync(_directory, "/bin/sh", ["-c", command])).ExitCode);

        new NodeClient((SecretReference)$"file:{KeyFile}").Dispose();
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_file_that_becomes_writable_by_others_is_refused_at_the_next_attempt(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        using var node = Clients.Of(server.BaseAddress, key: $"file:{Put(Clients.TestKey, Private)}");
        await node.GetMe(door);

        File.SetUnixFileMode(KeyFile, Private | UnixFileMode.OtherWrite);

        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.GetMe(door));
        Assert.Single(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_file_that_others_may_read_is_warned_about_once_with_the_command(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        var file = Put(Clients.TestKey, ReadableByAll);
        for (var i = 0; i < 2; i++)
        {
            using var node = Clients.Of(server.BaseAddress, key: $"file:{file}", configure: options => options.LoggerFactory = _loggers);
            await node.GetMe(door);
        }

        var warning = Assert.Single(_log.GetSnapshot());
        Assert.Equal((50, LogLevel.Warning), (warning.Id.Id, warning.Level));
        var quoted = $"'{file.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        Assert.Equal(
            $"NodeClientOptions.ApiKey: the file '{file}' may be read by every user of this machine. Run: chmod o-r {quoted}",
            warning.Message
        );
    }

    [Theory]
    [InlineData(Private)]
    [InlineData(Private | UnixFileMode.GroupRead)]
    public void A_private_file_is_not_warned_about(UnixFileMode mode)
    {
        using var node = Make($"file:{Put(Clients.TestKey, mode)}", requirePrivate: true);

        Assert.Empty(_log.GetSnapshot());
    }

    [Fact]
    public void Where_private_files_are_required_one_that_others_may_read_is_refused()
    {
        var refusal = Assert
            .Throws<NodeDataConfigurationException>(() => Make($"file:{Put(Clients.TestKey, ReadableByAll)}", requirePrivate: true))
            .Message;

        Assert.Contains(
            "may be read by every user (mode 0644), and RequirePrivateFile is set. Run: chmod o-r",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Empty(_log.GetSnapshot());
    }

    [Fact]
    public void What_an_orchestrator_mounts_under_run_secrets_is_not_warned_about()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may write under /run/secrets");
        var mount = Directory.CreateDirectory($"/run/secrets/nodedata-tests-{Guid.NewGuid():N}").FullName;
        try
        {
            var file = Put(Clients.TestKey, ReadableByAll, Path.Combine(mount, "key"));
            var link = Path.Combine(_directory, "link");
            File.CreateSymbolicLink(link, file);

            Make($"file:{file}").Dispose();
            Make($"file:{link}").Dispose();

            Assert.Empty(_log.GetSnapshot());
            Assert.Throws<NodeDataConfigurationException>(() => Make($"file:{file}", requirePrivate: true));
        }
        finally
        {
            Directory.Delete(mount, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_of_another_user_is_not_warned_about()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may give a file away");
        var file = Put(Clients.TestKey, ReadableByAll);
        Assert.Equal(0, (await Command.RunAsync(_directory, "chown", ["65534", file])).ExitCode);

        Make($"file:{file}").Dispose();

        Assert.Empty(_log.GetSnapshot());
    }

    [Fact]
    public async Task In_a_host_the_key_and_the_webhook_secrets_are_looked_at_and_each_is_told_of_once()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = Hosts.SettingsOf(emulator);
        settings["NodeData:ApiKey"] = $"file:{Put(emulator.TestKey.Reveal(), ReadableByAll)}";
        settings["NodeData:WebhookSecrets"] = $"file:{Put(WebhookSecretText, ReadableByAll, "webhook")}";
        using var host = new Hosts(settings, services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        await host.Node.Me.GetAsync(Token);

        var warnings = host.Log.Where(line => line.Id.Id == 50).Select(line => line.Message).ToList();

        Assert.Equal(2, warnings.Count);
        Assert.Single(warnings, warning => warning.StartsWith("NodeData:ApiKey: the file", StringComparison.Ordinal));
        Assert.Single(warnings, warning => warning.StartsWith("NodeData:WebhookSecrets: the file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_host_the_configuration_can_require_private_files()
    {
        var settings = new Dictionary<string, string?>
        {
            ["NodeData:ApiKey"] = $"file:{Put(Clients.TestKey, Private)}",
            ["NodeData:WebhookSecrets"] = $"file:{Put(WebhookSecretText, ReadableByAll, "webhook")}",
            ["NodeData:RequirePrivateFile"] = "true",
        };
        using var host = new Hosts(settings, services => services.AddNodeData());

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => host.Host.StartAsync(Token));

        Assert.Contains("NodeData:WebhookSecrets: the file", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("RequirePrivateFile", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_without_a_client_follows_the_same_rules()
    {
        var settings = new Dictionary<string, string?>
        {
            ["NodeData:WebhookSecrets"] = $"file:{Put(WebhookSecretText, ReadableByAll | UnixFileMode.GroupWrite)}",
        };
        using (var refused = new Hosts(settings, Register))
        {
            var refusal = await Assert.ThrowsAnyAsync<Exception>(() => refused.Host.StartAsync(Token));
            Assert.Contains("NodeData:WebhookSecrets: the file", refusal.Message, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(KeyFile, ReadableByAll);
        using var host = new Hosts(settings, Register);
        await host.Host.StartAsync(Token);
        Assert.Single(host.Log, line => line.Id.Id == 50);

        static void Register(IServiceCollection services) =>
            services.AddNodeDataWebhookReceiver("orders", on => on.Any((_, _) => Task.CompletedTask));
    }

    private static string Refusal(string reference) =>
        Assert.Throws<NodeDataConfigurationException>(() => new NodeClient((SecretReference)reference)).Message;

    private static async Task SwapBetweenAttempts(Door door, string file, Func<Task> swap)
    {
        await using var server = new ScriptedServer(async request =>
        {
            if (request.Index == 0)
            {
                await swap();
            }

            await (request.Index == 0 ? request.AnswerAsync(503, "{}") : request.AnswerAsync(200, Clients.Me));
        });
        using var node = Clients.Of(server.BaseAddress, key: $"file:{file}");

        await node.GetMe(door);

        Assert.Contains("Bearer nd_test_first\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_second\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    private static async Task Swap(string link, string target)
    {
        File.CreateSymbolicLink(link + ".next", target);
        // File.Move takes no link to a directory.
        await Command.SucceedAsync(Path.GetDirectoryName(link)!, $"mv -T {link}.next {link}");
    }

    private NodeClient Make(string reference, bool requirePrivate = false) =>
        new(
            new NodeClientOptions
            {
                ApiKey = reference,
                RequirePrivateFile = requirePrivate,
                LoggerFactory = _loggers,
            }
        );

    private string Put(string text, UnixFileMode mode, string? name = null)
    {
        var file = name is null ? KeyFile : Path.Combine(_directory, name);
        File.WriteAllText(file, text + "\n");
        File.SetUnixFileMode(file, mode);
        return file;
    }
}
