using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Tests.Doubles;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.DependencyInjection;

public sealed class WebhookSecretsReloadTests
{
    private const string Setting = "NodeData:WebhookSecrets";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_replaced_in_the_configuration_are_used_immediately()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = await StartAsync(emulator, Secret);
        Assert.True(Accepts(host, emulator, Secret));

        host.SetSetting(Setting, $"{OtherSecret},{Secret}");
        Assert.True(Accepts(host, emulator, Secret) && Accepts(host, emulator, OtherSecret));

        host.SetSetting(Setting, OtherSecret);
        Assert.True(Accepts(host, emulator, OtherSecret) && !Accepts(host, emulator, Secret));
        Assert.DoesNotContain(host.LogRecords, record => record.Level == LogLevel.Error);
    }

    [Theory]
    [InlineData(LiveSecret, "NodeData:WebhookSecrets holds a live secret (whsec_live_…cdef), and the client's key is a test key")]
    [InlineData($"{Secret},{LiveSecret}", "NodeData:WebhookSecrets holds a live secret")]
    [InlineData("nd_test_abcdefghijklmnopqrst1234", "NodeData:WebhookSecrets holds an API key (nd_…). Put it in NodeData:ApiKey")]
    [InlineData("", "NodeData:WebhookSecrets contained webhook secrets and is now empty")]
    public async Task An_invalid_change_keeps_the_last_valid_secrets_is_logged_and_degrades_the_health_check(string value, string expected)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = await StartAsync(emulator, Secret);

        host.SetSetting(Setting, value);

        Assert.True(Accepts(host, emulator, Secret));
        var logRecord = Assert.Single(host.LogRecords, record => record.Level == LogLevel.Error);
        Assert.Contains(expected, logRecord.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", logRecord.Message, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, await GetHealthAsync(host));

        host.SetSetting(Setting, OtherSecret);

        Assert.True(Accepts(host, emulator, OtherSecret));
        Assert.Equal(HealthStatus.Healthy, await GetHealthAsync(host));
    }

    [Fact]
    public async Task A_change_with_one_invalid_setting_is_not_applied()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = await StartAsync(emulator, Secret);
        var before = (await host.Node.Me.GetAsync(Token)).Key!.Id;
        var next = await host.Node.Keys.CreateAsync("next", cancellationToken: Token);

        host.SetSetting(Setting, "");
        host.SetSetting("NodeData:ApiKey", next.Reveal());

        Assert.Equal(before, (await host.Node.Me.GetAsync(Token)).Key!.Id);
        host.SetSetting(Setting, OtherSecret);
        Assert.Equal(next.Id, (await host.Node.Me.GetAsync(Token)).Key!.Id);
    }

    [Fact]
    public async Task A_file_that_becomes_invalid_degrades_the_health_check()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Secret, Token);
            await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
            using var host = await StartAsync(emulator, $"file:{file}");
            await File.WriteAllTextAsync(file, "hunter2", Token);
            emulator.Clock.Advance(TimeSpan.FromSeconds(1));

            Assert.Equal(HealthStatus.Degraded, await GetHealthAsync(host));
            Assert.True(Accepts(host, emulator, Secret));
            Assert.Contains(
                $"{Setting} (file:{file}) is not a Node Data webhook secret",
                Assert.Single(host.LogRecords, record => record.Level == LogLevel.Error).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Invalid_secrets_stop_the_host_and_are_reported_with_every_other_error()
    {
        var settings = new Dictionary<string, string?>
        {
            ["NodeData:ApiKey"] = "hunter2",
            ["NodeData:ExpectedMode"] = "test",
            [Setting] = LiveSecret,
        };
        using var host = new TestHost(settings, services => services.AddNodeData());

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.Host.StartAsync(Token));

        Assert.Equal(2, error.Failures.Count());
        Assert.Contains($"{Setting} holds a live secret", error.Message, StringComparison.Ordinal);
        Assert.Contains("NodeData:ExpectedMode is Test", error.Message, StringComparison.Ordinal);
    }

    private static async Task<TestHost> StartAsync(NodeDataEmulator emulator, string secrets)
    {
        var settings = TestHost.CreateSettings(emulator);
        settings[Setting] = secrets;
        var host = new TestHost(
            settings,
            services =>
            {
                services.AddNodeData(options => options.TimeProvider = emulator.Clock);
                services.AddHealthChecks().AddNodeData();
            }
        );
        await host.Host.StartAsync(Token);
        await host.Node.Me.GetAsync(Token);
        return host;
    }

    private static bool Accepts(TestHost host, NodeDataEmulator emulator, string secret)
    {
        var registered = host.Services.GetRequiredKeyedService<RegisteredClient>("");
        var now = emulator.Clock.GetUtcNow();
        return registered.WebhookSecrets.Verifier.Verify(Body, CreateHeader(secret, unixSeconds: now.ToUnixTimeSeconds())).IsValid;
    }

    private static async Task<HealthStatus> GetHealthAsync(TestHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Status;
}
