using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Connections;

public sealed class UserPermissionTests
{
    // The same text as in docs/webhooks-stores.md.
    private const string Permissions =
        "+@connection +eval +evalsha +script|load +get +set +del +pttl +pexpire +hget +hset +hexists +hincrby";

    [Fact]
    public async Task The_permissions_in_the_guide_are_sufficient()
    {
        Assert.Contains(Permissions, File.ReadAllText(Guide.Path), StringComparison.Ordinal);
        await using var server = await RedisServer.StartAsync([
            "--user",
            "receiver",
            "on",
            ">secret",
            "~nodedata:webhooks:*",
            .. Permissions.Split(' '),
        ]);
        var settings = server.CreateOptions("secret");
        settings.User = "receiver";
        await using var connection = await ConnectionMultiplexer.ConnectAsync(settings);
        var store = ClaimStores.CreateWithLongTimeout(connection);
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(WebhookClaimResult.Claimed(1), await store.ClaimAsync(Claims.Create("evt_1"), token));
        Assert.Equal(WebhookClaimResult.Claimed(1), await store.ClaimAsync(Claims.Create("evt_1"), token));
        Assert.Equal("in progress", (await store.ClaimAsync(Claims.Create("evt_1", "other"), token)).ToString());
        Assert.True(await store.RenewAsync(Claims.Create("evt_1"), token));
        Assert.True(await store.ReleaseAsync(Claims.Create("evt_1"), token));
        Assert.Equal(WebhookClaimResult.Claimed(2), await store.ClaimAsync(Claims.Create("evt_1"), token));
        Assert.True(await store.CompleteAsync(Claims.Create("evt_1"), token));
    }
}
