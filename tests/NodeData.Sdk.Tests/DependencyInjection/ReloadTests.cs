using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

public sealed class ReloadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_replaced_in_the_configuration_is_used_by_the_next_call()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(TestHost.CreateSettings(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        var next = await host.Node.Keys.CreateAsync("next", cancellationToken: Token);

        host.SetSetting("NodeData:ApiKey", next.Reveal());

        Assert.Equal(next.Id, (await host.Node.Me.GetAsync(Token)).Key!.Id);
    }

    [Fact]
    public async Task A_delegate_that_fails_on_a_change_keeps_the_last_valid_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var fails = false;
        using var host = new TestHost(
            TestHost.CreateSettings(emulator),
            services => services.AddNodeData(_ => Assert.False(fails, "nd_test_secretOfADelegate"))
        );
        await host.Host.StartAsync(Token);
        await host.Node.Me.GetAsync(Token);

        fails = true;
        host.SetSetting("NodeData:MaxRetries", "3");

        await host.Node.Me.GetAsync(Token);
        var logRecord = Assert.Single(host.LogRecords, record => record.Level == LogLevel.Error);
        Assert.Contains("A delegate that configures NodeClientOptions failed", logRecord.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secretOfADelegate", logRecord.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a key", "NodeData:ApiKey is not a Node Data key")]
    [InlineData("", "Set the environment variable NODE_DATA_API_KEY or NodeData:ApiKey")]
    [InlineData("nd_live_abcdefghijklmnopqrst1234", "NodeData:ApiKey was changed to a key of a different mode")]
    public async Task An_invalid_change_keeps_the_last_valid_key_is_logged_and_degrades_the_health_check(string value, string expected)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(
            TestHost.CreateSettings(emulator),
            services =>
            {
                services.AddNodeData();
                services.AddHealthChecks().AddNodeData();
            }
        );
        await host.Host.StartAsync(Token);
        var before = (await host.Node.Me.GetAsync(Token)).Key!.Id;

        host.SetSetting("NodeData:ApiKey", value);

        Assert.Equal(before, (await host.Node.Me.GetAsync(Token)).Key!.Id);
        var logRecord = Assert.Single(host.LogRecords, record => record.Level == LogLevel.Error);
        Assert.Equal(1, logRecord.Id.Id);
        Assert.Contains(expected, logRecord.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", logRecord.Message, StringComparison.Ordinal);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(Token)).Status);

        host.SetSetting("NodeData:ApiKey", emulator.TestKey.Reveal());

        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Token)).Status);
    }
}
