using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class WebhookSecretRotationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KeyMode.Test, "whsec_test_")]
    [InlineData(KeyMode.Live, "whsec_live_")]
    public async Task During_the_overlap_both_secrets_verify_and_afterwards_only_the_new_one(KeyMode mode, string prefix)
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var endpoint = await client.CreateEndpoint(receiver.Url, mode is KeyMode.Test ? client.TestKey : client.LiveKey);
        var old = endpoint.Member("secret")!;

        var secret = (await client.Emulator.RotateWebhookSecretAsync(endpoint.Member("id")!, TimeSpan.FromHours(24), Token)).Reveal();
        var during = await Deliver(client, receiver, mode);
        Assert.Equal(2, CountSignatures(during));
        Assert.True(during.Verify(old, client.Emulator.Clock).IsValid);
        Assert.True(during.Verify(secret, client.Emulator.Clock).IsValid);

        client.Emulator.Clock.Advance(TimeSpan.FromHours(24));
        var after = await Deliver(client, receiver, mode);
        Assert.Equal(1, CountSignatures(after));
        Assert.False(after.Verify(old, client.Emulator.Clock).IsValid);
        Assert.True(after.Verify(secret, client.Emulator.Clock).IsValid);
        Assert.StartsWith(prefix, secret, StringComparison.Ordinal);
        Assert.NotEqual(old, secret);
    }

    [Fact]
    public async Task Without_an_overlap_all_previous_secrets_expire_immediately()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var id = (await client.CreateEndpoint(receiver.Url)).Member("id")!;

        await client.Emulator.RotateWebhookSecretAsync(id, TimeSpan.FromDays(30), Token);
        await client.Emulator.RotateWebhookSecretAsync(id, TimeSpan.FromDays(30), Token);
        var three = await Deliver(client, receiver, KeyMode.Test);
        var secret = await client.Emulator.RotateWebhookSecretAsync(id, TimeSpan.Zero, Token);
        var one = await Deliver(client, receiver, KeyMode.Test);

        Assert.Equal((3, 1), (CountSignatures(three), CountSignatures(one)));
        Assert.True(one.Verify(secret.Reveal(), client.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task An_earlier_delivery_is_retried_with_the_new_secret()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(500, 200);
        var id = (await client.CreateEndpoint(receiver.Url)).Member("id")!;
        await Deliver(client, receiver, KeyMode.Test);

        var secret = await client.Emulator.RotateWebhookSecretAsync(id, TimeSpan.Zero, Token);
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await receiver.NextAsync()).Verify(secret.Reveal(), client.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task Replacing_requires_a_known_endpoint_and_a_valid_overlap()
    {
        await using var client = await EmulatorClient.StartAsync();
        var id = (await client.CreateEndpoint()).Member("id")!;

        await Assert.ThrowsAsync<ArgumentException>(() => client.Emulator.RotateWebhookSecretAsync("we_unknown", TimeSpan.Zero, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            client.Emulator.RotateWebhookSecretAsync(id, TimeSpan.FromTicks(-1), Token)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.Emulator.RotateWebhookSecretAsync(id, TimeSpan.MaxValue, Token));
    }

    private static int CountSignatures(ReceivedDelivery delivery) => delivery.Signature.Split(",v1=").Length - 1;

    private static async Task<ReceivedDelivery> Deliver(EmulatorClient client, Receiver receiver, KeyMode mode)
    {
        await client.Emulator.EmitAsync("payout.paid", mode: mode, cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        return await receiver.NextAsync();
    }
}
