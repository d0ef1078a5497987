using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodeData.Emulator;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>Tests for changes of the configuration that take effect only after a restart.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-restart-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("BaseAddress", "http://127.0.0.1:9/v1")]
    [InlineData("ExpectedMode", "test")]
    [InlineData("AttemptTimeout", "00:00:07")]
    [InlineData("TotalTimeout", "00:00:07")]
    [InlineData("MaxRetries", "7")]
    [InlineData("MaxRetryAfter", "00:00:07")]
    [InlineData("MaxResponseBytes", "7")]
    public async Task A_change_that_requires_a_restart_is_logged_once(string option, string value)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(TestHost.CreateSettings(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        await host.Node.Me.GetAsync(Token);

        host.SetSetting($"NodeData:{option}", value);
        host.SetSetting("Unrelated", "1");

        await host.Node.Me.GetAsync(Token);
        var warning = Assert.Single(host.LogRecords, record => record.Level == LogLevel.Warning);
        Assert.StartsWith($"NodeData: {option} changed", warning.Message, StringComparison.Ordinal);
        Assert.Contains("restart", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(host.LogRecords, record => record.Level == LogLevel.Error);
    }

    [Fact]
    public void Every_option_takes_effect_with_the_change_or_is_logged()
    {
        string[] reloaded =
        [
            nameof(NodeClientOptions.ApiKey),
            nameof(NodeClientOptions.WebhookSecrets),
            nameof(NodeClientOptions.RequirePrivateFile),
        ];
        string[] onlyInCode =
        [
            nameof(NodeClientOptions.TimeProvider),
            nameof(NodeClientOptions.LoggerFactory),
            nameof(NodeClientOptions.SecretResolvers),
        ];

        var options = typeof(NodeClientOptions)
            .GetProperties()
            .Where(option => option.PropertyType != typeof(IConfigurationSection))
            .Select(option => option.Name);

        Assert.Equal(options.Order(), RestartSettings.Names.Concat(reloaded).Concat(onlyInCode).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_is_changed_with_the_address_is_not_sent_to_the_old_address(bool keyInFile)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var other = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var next = await emulator.CreateClient().Keys.CreateAsync("next", cancellationToken: Token);
        var file = Path.Combine(_directory, "key");
        var settings = TestHost.CreateSettings(emulator);
        if (keyInFile)
        {
            await File.WriteAllTextAsync(file, emulator.TestKey.Reveal(), Token);
            settings["NodeData:ApiKey"] = $"file:{file}";
        }

        using var host = new TestHost(settings, services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        var before = (await host.Node.Me.GetAsync(Token)).Key!.Id;

        async Task SetKeyAsync(string key)
        {
            if (keyInFile)
            {
                await File.WriteAllTextAsync(file, key, Token);
            }
            else
            {
                host.SetSetting("NodeData:ApiKey", key);
            }
        }

        // First the address, then the key: a file and the configuration cannot change in one moment.
        host.SetSetting("NodeData:BaseAddress", other.BaseAddress.AbsoluteUri);
        await SetKeyAsync(other.TestKey.Reveal());
        host.SetSetting("Unrelated", "1");
        Assert.Equal(before, (await host.Node.Me.GetAsync(Token)).Key!.Id);
        Assert.Equal(before, host.Node.Me.Get(Token).Key!.Id);
        Assert.All(emulator.Requests, request => Assert.InRange(request.Status!.Value, 200, 201));
        Assert.Empty(other.Requests);

        // With the address as it was, a changed key is used again.
        await SetKeyAsync(next.Reveal());
        host.SetSetting("NodeData:BaseAddress", emulator.BaseAddress.AbsoluteUri);
        Assert.Equal(next.Id, (await host.Node.Me.GetAsync(Token)).Key!.Id);
    }

    [Fact]
    public async Task A_key_and_an_address_in_one_change_wait_for_the_restart_together()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var other = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(TestHost.CreateSettings(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        await host.Node.Me.GetAsync(Token);

        host.SetSettings(new() { ["NodeData:ApiKey"] = other.TestKey.Reveal(), ["NodeData:BaseAddress"] = other.BaseAddress.AbsoluteUri });

        await host.Node.Me.GetAsync(Token);
        Assert.All(emulator.Requests, request => Assert.Equal(200, request.Status));
        var warning = Assert.Single(host.LogRecords, record => record.Level == LogLevel.Warning);
        Assert.Contains("ApiKey", warning.Message, StringComparison.Ordinal);
    }
}
