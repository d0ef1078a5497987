using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_comes_from_the_configuration()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(TestHost.CreateSettings(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);

        Assert.StartsWith("usr_", (await host.Node.Me.GetAsync(Token)).Id, StringComparison.Ordinal);
        Assert.Same(host.Node, host.Node);
        Assert.Equal(KeyMode.Test, host.Node.Mode);
    }

    [Fact]
    public async Task Code_takes_precedence_over_the_configuration_and_delegates_apply_in_order()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = TestHost.CreateSettings(emulator);
        settings["NodeData:ApiKey"] = "nd_test_configured";
        settings["NodeData:MaxRetries"] = "7";
        using var host = new TestHost(
            settings,
            services =>
            {
                services.AddNodeData(options => options.ApiKey = "nd_test_first");
                services.AddNodeData(options => options.ApiKey = emulator.TestKey);
            }
        );
        await host.Host.StartAsync(Token);

        await host.Node.Me.GetAsync(Token);

        Assert.Single(host.Services.GetServices<NodeClient>());
        Assert.Single(host.Services.GetServices<IValidateOptions<NodeClientOptions>>());
        Assert.Equal(7, host.Services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().CurrentValue.MaxRetries);
    }

    [Fact]
    public async Task A_named_client_is_keyed_and_never_uses_the_key_of_another_client()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = TestHost.CreateSettings(emulator);
        settings["NodeData:Clients:billing:ApiKey"] = emulator.LiveKey.Reveal();
        settings["NodeData:Clients:billing:BaseAddress"] = emulator.BaseAddress.AbsoluteUri;
        settings["NodeData:Clients:billing:ExpectedMode"] = "live";
        using var host = new TestHost(
            settings,
            services =>
            {
                services.AddNodeData();
                services.AddNodeData("billing");
            }
        );
        await host.Host.StartAsync(Token);
        var billing = host.Services.GetRequiredKeyedService<NodeClient>("billing");

        Assert.Equal(KeyMode.Live, (await billing.Me.GetAsync(Token)).Key!.Mode);
        Assert.Equal(KeyMode.Test, (await host.Node.Me.GetAsync(Token)).Key!.Mode);

        settings.Remove("NodeData:Clients:billing:ApiKey");
        using var without = new TestHost(settings, services => services.AddNodeData("billing"));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => without.Host.StartAsync(Token));
        Assert.Contains("Set NodeData:Clients:billing:ApiKey to a key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NODE_DATA_API_KEY", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_errors_stop_the_host_in_one_message_with_paths_and_without_values()
    {
        var settings = new Dictionary<string, string?>
        {
            ["NodeData:ApiKey"] = "whsec_live_abcdefghijklmnopqrst",
            ["NodeData:BaseAddress"] = "http://example.com/hunter2",
            ["NodeData:ExpectedMode"] = "prod",
            ["NodeData:AttemptTimeout"] = "00:00:00",
            ["NodeData:TotalTimeout"] = "100",
            ["NodeData:MaxRetries"] = "many",
        };
        using var host = new TestHost(settings, services => services.AddNodeData(options => options.MaxResponseBytes = 0));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.Host.StartAsync(Token));

        Assert.Equal(7, error.Failures.Count());
        foreach (
            var expected in new[]
            {
                "NodeData:ApiKey holds a webhook secret",
                "NodeData:BaseAddress is a plain-http address",
                "NodeData:ExpectedMode is not test or live (4 characters)",
                "NodeData:AttemptTimeout is 00:00:00",
                "NodeData:TotalTimeout is not a time such as 00:01:40",
                "NodeData:MaxRetries is not a whole number",
                "NodeClientOptions.MaxResponseBytes is 0",
            }
        )
        {
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("abcdefgh", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nd_live_…", "placeholder")]
    [InlineData("vault:secret", "a reference with an unknown scheme")]
    [InlineData("nd_live_abcdefghijklmnopqrst1234", "has a different mode")]
    public async Task An_invalid_key_stops_the_host(string key, string expected)
    {
        var settings = new Dictionary<string, string?> { ["NodeData:ApiKey"] = key, ["NodeData:ExpectedMode"] = "test" };
        using var host = new TestHost(settings, services => services.AddNodeData());

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.Host.StartAsync(Token));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_cannot_be_part_of_a_configuration_path_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddNodeData("a:b"));
        Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddNodeData(" "));
    }
}
