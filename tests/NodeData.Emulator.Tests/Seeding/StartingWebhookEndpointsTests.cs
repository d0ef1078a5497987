using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Seeding;

public sealed class StartingWebhookEndpointsTests
{
    private const string Path = "/v1/webhook_endpoints";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("whsec_test_localdevelopment0001", KeyMode.Test)]
    [InlineData("whsec_live_localdevelopment0001", KeyMode.Live)]
    [InlineData("whsec_000102030405060708090a0b0c0d0e0f1011121314151617", KeyMode.Test)]
    [InlineData(null, KeyMode.Test)]
    public async Task An_endpoint_exists_after_the_start_in_the_mode_of_its_secret(string? secret, KeyMode mode)
    {
        await using var receiver = await Receiver.StartAsync();
        var endpoint = new EmulatorWebhookEndpoint(receiver.Url, secret is null ? null : WebhookSecret.Parse(secret));
        await using var client = await EmulatorClient.StartAsync(
            new EmulatorOptions { WebhookEndpoints = [endpoint], TimeProvider = FrozenTimeProvider.Instance }
        );

        await client.Emulator.EmitAsync("payout.paid", mode: mode, cancellationToken: Token);
        var received = await receiver.NextAsync();

        Assert.Equal(mode, endpoint.Mode);
        Assert.True(received.Verify(endpoint.Secret.Reveal(), client.Emulator.Clock).IsValid);
        Assert.Equal(secret ?? endpoint.Secret.Reveal(), endpoint.Secret.Reveal());
    }

    [Fact]
    public async Task A_restart_and_a_reset_restore_the_same_endpoint_enabled_with_its_secret()
    {
        using var directory = new TemporaryDirectory();
        await using var receiver = await Receiver.StartAsync();
        var options = new EmulatorOptions
        {
            DataPath = directory.File("data.db"),
            TimeProvider = FrozenTimeProvider.Instance,
            WebhookEndpoints = [new EmulatorWebhookEndpoint(receiver.Url, WebhookSecret.Parse("whsec_test_localdevelopment0001"))],
        };
        string id;
        await using (var client = await EmulatorClient.StartAsync(options))
        {
            id = Assert.Single((await client.Send("GET", Path)).Items).GetProperty("id").GetString()!;
            await client.Send("PATCH", $"{Path}/{id}", """{"enabled":false,"events":["asset.downloaded"]}""");
            await client.Emulator.RotateWebhookSecretAsync(id, TimeSpan.FromDays(1), Token);
        }

        await using var restarted = await EmulatorClient.StartAsync(options);
        await AssertInitialState();
        await restarted.Send("DELETE", $"{Path}/{id}");
        await restarted.Emulator.ResetAsync(Token);
        await AssertInitialState();

        async Task AssertInitialState()
        {
            Assert.Equal(id, Assert.Single((await restarted.Send("GET", Path)).Items).GetProperty("id").GetString());
            await restarted.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
            var received = await receiver.NextAsync();
            Assert.True(received.Verify("whsec_test_localdevelopment0001", restarted.Emulator.Clock).IsValid);
            Assert.Single(received.Signature.Split("v1=").Skip(1));
        }
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("hook")]
    public void An_invalid_URL_is_rejected(string url)
    {
        Assert.Throws<ArgumentException>(() => new EmulatorWebhookEndpoint(url));
    }

    [Fact]
    public void The_secret_is_not_printed()
    {
        var endpoint = new EmulatorWebhookEndpoint("https://example.com", WebhookSecret.Parse("whsec_test_localdevelopment0001"));

        Assert.DoesNotContain("localdevelopment", endpoint.ToString(), StringComparison.Ordinal);
    }
}
