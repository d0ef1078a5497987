using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Credentials;

/// <summary>Tests for the mode of a secret file, and for a file that is replaced between two reads.</summary>
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
    [SyncAndAsync]
    public async Task The_second_attempt_follows_a_link_that_was_replaced_after_the_first(CallStyle callStyle)
    {
        var link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, WriteFile("nd_test_first", Private, "first"));
        WriteFile("nd_test_second", Private, "second");
        await ReplaceBetweenAttemptsAsync(callStyle, link, () => ReplaceLinkAsync(link, "second"));
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_second_attempt_follows_a_mounted_volume_that_was_updated_after_the_first(CallStyle callStyle)
    {
        // The layout of Kubernetes: key -> ..data/key, ..data -> ..2026_1. An update creates a new directory, then replaces ..data by a rename.
        foreach (var (version, key) in new[] { ("..2026_1", "nd_test_first"), ("..2026_2", "nd_test_second") })
        {
            Directory.CreateDirectory(Path.Combine(_directory, version));
            WriteFile(key, Private, Path.Combine(version, "key"));
        }

        var data = Path.Combine(_directory, "..data");
        File.CreateSymbolicLink(data, "..2026_1");
        var file = Path.Combine(_directory, "key");
        File.CreateSymbolicLink(file, "..data/key");

        await ReplaceBetweenAttemptsAsync(callStyle, file, () => ReplaceLinkAsync(data, "..2026_2"));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite, "0620")]
    [InlineData(UnixFileMode.OtherWrite, "0602")]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite, "0666")]
    public void A_file_that_others_can_write_is_rejected_even_through_a_link(UnixFileMode others, string octal)
    {
        var file = WriteFile(TestClients.TestKey, Private | others);
        var link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, file);

        var error = GetError($"file:{link}");

        Assert.StartsWith(
            $"NodeClientOptions.ApiKey: the file '{link}' is writable by users other than its owner",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains($"mode {octal}", error, StringComparison.Ordinal);
        Assert.EndsWith($"Run: chmod go-w '{link}'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_in_the_message_fixes_the_file()
    {
        var error = GetError($"file:{WriteFile(TestClients.TestKey, ReadableByAll | UnixFileMode.GroupWrite)}");

        var command = error[(error.IndexOf("Run: ", StringComparison.Ordinal) + 5)..];
        Assert.Equal(0, (await Command.RunAsync(_directory, "/bin/sh", ["-c", command])).ExitCode);

        new NodeClient((SecretReference)$"file:{KeyFile}").Dispose();
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_file_that_becomes_writable_by_others_is_rejected_at_the_next_attempt(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var node = TestClients.Create(server.BaseAddress, key: $"file:{WriteFile(TestClients.TestKey, Private)}");
        await node.GetMe(callStyle);

        File.SetUnixFileMode(KeyFile, Private | UnixFileMode.OtherWrite);

        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.GetMe(callStyle));
        Assert.Single(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_file_that_others_can_read_causes_one_warning_with_the_command(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        var file = WriteFile(TestClients.TestKey, ReadableByAll);
        for (var i = 0; i < 2; i++)
        {
            using var node = TestClients.Create(
                server.BaseAddress,
                key: $"file:{file}",
                configure: options => options.LoggerFactory = _loggers
            );
            await node.GetMe(callStyle);
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
    public void A_private_file_causes_no_warning(UnixFileMode mode)
    {
        using var node = CreateClient($"file:{WriteFile(TestClients.TestKey, mode)}", requirePrivate: true);

        Assert.Empty(_log.GetSnapshot());
    }

    [Fact]
    public void If_private_files_are_required_a_file_that_others_can_read_is_rejected()
    {
        var error = Assert
            .Throws<NodeDataConfigurationException>(() =>
                CreateClient($"file:{WriteFile(TestClients.TestKey, ReadableByAll)}", requirePrivate: true)
            )
            .Message;

        Assert.Contains(
            "is readable by every user (mode 0644), and RequirePrivateFile is set. Run: chmod o-r",
            error,
            StringComparison.Ordinal
        );
        Assert.Empty(_log.GetSnapshot());
    }

    [Fact]
    public void A_file_mounted_under_run_secrets_causes_no_warning()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can write to /run/secrets.");
        var mount = Directory.CreateDirectory($"/run/secrets/nodedata-tests-{Guid.NewGuid():N}").FullName;
        try
        {
            var file = WriteFile(TestClients.TestKey, ReadableByAll, Path.Combine(mount, "key"));
            var link = Path.Combine(_directory, "link");
            File.CreateSymbolicLink(link, file);

            CreateClient($"file:{file}").Dispose();
            CreateClient($"file:{link}").Dispose();

            Assert.Empty(_log.GetSnapshot());
            Assert.Throws<NodeDataConfigurationException>(() => CreateClient($"file:{file}", requirePrivate: true));
        }
        finally
        {
            Directory.Delete(mount, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_of_another_user_causes_no_warning()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can change the owner of a file.");
        var file = WriteFile(TestClients.TestKey, ReadableByAll);
        Assert.Equal(0, (await Command.RunAsync(_directory, "chown", ["65534", file])).ExitCode);

        CreateClient($"file:{file}").Dispose();

        Assert.Empty(_log.GetSnapshot());
    }

    [Fact]
    public async Task In_a_host_the_key_and_the_webhook_secrets_are_checked_and_each_causes_one_warning()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = TestHost.CreateSettings(emulator);
        settings["NodeData:ApiKey"] = $"file:{WriteFile(emulator.TestKey.Reveal(), ReadableByAll)}";
        settings["NodeData:WebhookSecrets"] = $"file:{WriteFile(WebhookSecretText, ReadableByAll, "webhook")}";
        using var host = new TestHost(settings, services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        await host.Node.Me.GetAsync(Token);

        var warnings = host.LogRecords.Where(line => line.Id.Id == 50).Select(line => line.Message).ToList();

        Assert.Equal(2, warnings.Count);
        Assert.Single(warnings, warning => warning.StartsWith("NodeData:ApiKey: the file", StringComparison.Ordinal));
        Assert.Single(warnings, warning => warning.StartsWith("NodeData:WebhookSecrets: the file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_host_the_configuration_can_require_private_files()
    {
        var settings = new Dictionary<string, string?>
        {
            ["NodeData:ApiKey"] = $"file:{WriteFile(TestClients.TestKey, Private)}",
            ["NodeData:WebhookSecrets"] = $"file:{WriteFile(WebhookSecretText, ReadableByAll, "webhook")}",
            ["NodeData:RequirePrivateFile"] = "true",
        };
        using var host = new TestHost(settings, services => services.AddNodeData());

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.Host.StartAsync(Token));

        Assert.Contains("NodeData:WebhookSecrets: the file", error.Message, StringComparison.Ordinal);
        Assert.Contains("RequirePrivateFile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_without_a_client_follows_the_same_rules()
    {
        var settings = new Dictionary<string, string?>
        {
            ["NodeData:WebhookSecrets"] = $"file:{WriteFile(WebhookSecretText, ReadableByAll | UnixFileMode.GroupWrite)}",
        };
        using (var failingHost = new TestHost(settings, Register))
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => failingHost.Host.StartAsync(Token));
            Assert.Contains("NodeData:WebhookSecrets: the file", error.Message, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(KeyFile, ReadableByAll);
        using var host = new TestHost(settings, Register);
        await host.Host.StartAsync(Token);
        Assert.Single(host.LogRecords, line => line.Id.Id == 50);

        static void Register(IServiceCollection services) =>
            services.AddNodeDataWebhookReceiver("orders", on => on.Any((_, _) => Task.CompletedTask));
    }

    private static string GetError(string reference) =>
        Assert.Throws<NodeDataConfigurationException>(() => new NodeClient((SecretReference)reference)).Message;

    private static async Task ReplaceBetweenAttemptsAsync(CallStyle callStyle, string file, Func<Task> replace)
    {
        await using var server = new ScriptedServer(async request =>
        {
            if (request.Index == 0)
            {
                await replace();
            }

            await (request.Index == 0 ? request.RespondAsync(503, "{}") : request.RespondAsync(200, TestClients.AccountJson));
        });
        using var node = TestClients.Create(server.BaseAddress, key: $"file:{file}");

        await node.GetMe(callStyle);

        Assert.Contains("Bearer nd_test_first\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_second\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    private static async Task ReplaceLinkAsync(string link, string target)
    {
        File.CreateSymbolicLink(link + ".next", target);
        // File.Move does not support a link to a directory.
        await Command.RunSuccessfullyAsync(Path.GetDirectoryName(link)!, $"mv -T {link}.next {link}");
    }

    private NodeClient CreateClient(string reference, bool requirePrivate = false) =>
        new(
            new NodeClientOptions
            {
                ApiKey = reference,
                RequirePrivateFile = requirePrivate,
                LoggerFactory = _loggers,
            }
        );

    private string WriteFile(string text, UnixFileMode mode, string? name = null)
    {
        var file = name is null ? KeyFile : Path.Combine(_directory, name);
        File.WriteAllText(file, text + "\n");
        File.SetUnixFileMode(file, mode);
        return file;
    }
}
