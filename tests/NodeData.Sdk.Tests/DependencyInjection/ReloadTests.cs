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
        using var host = new Hosts(Hosts.SettingsOf(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        var next = await host.Node.Keys.CreateAsync("next", cancellationToken: Token);

        host.Change("NodeData:ApiKey", next.Reveal());

        Assert.Equal(next.Id, (await host.Node.Me.GetAsync(Token)).Key!.Id);
    }

    [Fact]
    public async Task A_delegate_that_fails_on_a_change_leaves_the_last_good_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var fails = false;
        using var host = new Hosts(
            Hosts.SettingsOf(emulator),
            services => services.AddNodeData(_ => Assert.False(fails, "nd_test_secretOfADelegate"))
        );
        await host.Host.StartAsync(Token);
        await host.Node.Me.GetAsync(Token);

        fails = true;
        host.Change("NodeData:MaxRetries", "3");

        await host.Node.Me.GetAsync(Token);
        var logged = Assert.Single(host.Log, record => record.Level == LogLevel.Error);
        Assert.Contains("A delegate that configures NodeClientOptions failed", logged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secretOfADelegate", logged.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a key", "NodeData:ApiKey is not a Node Data key")]
    [InlineData("", "Set the environment variable NODE_DATA_API_KEY or NodeData:ApiKey")]
    [InlineData("nd_live_abcdefghijklmnopqrst1234", "NodeData:ApiKey was changed to a key of the other mode")]
    public async Task A_change_that_cannot_be_used_keeps_the_last_good_key_is_logged_and_degrades(string value, string said)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new Hosts(
            Hosts.SettingsOf(emulator),
            services =>
            {
                services.AddNodeData();
                services.AddHealthChecks().AddNodeData();
            }
        );
        await host.Host.StartAsync(Token);
        var before = (await host.Node.Me.GetAsync(Token)).Key!.Id;

        host.Change("NodeData:ApiKey", value);

        Assert.Equal(before, (await host.Node.Me.GetAsync(Token)).Key!.Id);
        var logged = Assert.Single(host.Log, record => record.Level == LogLevel.Error);
        Assert.Equal(1, logged.Id.Id);
        Assert.Contains(said, logged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", logged.Message, StringComparison.Ordinal);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(Token)).Status);

        host.Change("NodeData:ApiKey", emulator.TestKey.Reveal());

        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Token)).Status);
    }
}
