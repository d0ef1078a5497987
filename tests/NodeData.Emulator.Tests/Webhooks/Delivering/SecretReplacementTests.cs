using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class SecretReplacementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KeyMode.Test, "whsec_test_")]
    [InlineData(KeyMode.Live, "whsec_live_")]
    public async Task During_the_overlap_both_secrets_fit_and_afterwards_the_new_one_alone(KeyMode mode, string prefix)
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var endpoint = await wire.CreateEndpoint(receiver.Url, mode is KeyMode.Test ? wire.TestKey : wire.LiveKey);
        var old = endpoint.Member("secret")!;

        var secret = (await wire.Emulator.ReplaceWebhookSecretAsync(endpoint.Member("id")!, TimeSpan.FromHours(24), Token)).Reveal();
        var during = await Deliver(wire, receiver, mode);
        Assert.Equal(2, Signatures(during));
        Assert.True(during.VerifiedWith(old, wire.Emulator.Clock).IsValid);
        Assert.True(during.VerifiedWith(secret, wire.Emulator.Clock).IsValid);

        wire.Emulator.Clock.Advance(TimeSpan.FromHours(24));
        var after = await Deliver(wire, receiver, mode);
        Assert.Equal(1, Signatures(after));
        Assert.False(after.VerifiedWith(old, wire.Emulator.Clock).IsValid);
        Assert.True(after.VerifiedWith(secret, wire.Emulator.Clock).IsValid);
        Assert.StartsWith(prefix, secret, StringComparison.Ordinal);
        Assert.NotEqual(old, secret);
    }

    [Fact]
    public async Task Without_an_overlap_every_secret_of_before_ends_at_once()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var id = (await wire.CreateEndpoint(receiver.Url)).Member("id")!;

        await wire.Emulator.ReplaceWebhookSecretAsync(id, TimeSpan.FromDays(30), Token);
        await wire.Emulator.ReplaceWebhookSecretAsync(id, TimeSpan.FromDays(30), Token);
        var three = await Deliver(wire, receiver, KeyMode.Test);
        var secret = await wire.Emulator.ReplaceWebhookSecretAsync(id, TimeSpan.Zero, Token);
        var one = await Deliver(wire, receiver, KeyMode.Test);

        Assert.Equal((3, 1), (Signatures(three), Signatures(one)));
        Assert.True(one.VerifiedWith(secret.Reveal(), wire.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task A_delivery_of_before_is_attempted_again_with_the_new_secret()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(500, 200);
        var id = (await wire.CreateEndpoint(receiver.Url)).Member("id")!;
        await Deliver(wire, receiver, KeyMode.Test);

        var secret = await wire.Emulator.ReplaceWebhookSecretAsync(id, TimeSpan.Zero, Token);
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await receiver.NextAsync()).VerifiedWith(secret.Reveal(), wire.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task What_cannot_be_replaced_is_refused()
    {
        await using var wire = await Wire.OpenAsync();
        var id = (await wire.CreateEndpoint()).Member("id")!;

        await Assert.ThrowsAsync<ArgumentException>(() => wire.Emulator.ReplaceWebhookSecretAsync("we_unknown", TimeSpan.Zero, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            wire.Emulator.ReplaceWebhookSecretAsync(id, TimeSpan.FromTicks(-1), Token)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => wire.Emulator.ReplaceWebhookSecretAsync(id, TimeSpan.MaxValue, Token));
    }

    private static int Signatures(ReceivedDelivery delivery) => delivery.Signature.Split(",v1=").Length - 1;

    private static async Task<ReceivedDelivery> Deliver(Wire wire, Receiver receiver, KeyMode mode)
    {
        await wire.Emulator.EmitAsync("payout.paid", mode: mode, cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        return await receiver.NextAsync();
    }
}
