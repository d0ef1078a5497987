using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Connections;

public sealed class UserRightsTests
{
    // As docs/webhooks-stores.md has them.
    private const string Rights = "+@connection +eval +evalsha +script|load +get +set +del +pttl +pexpire +hget +hset +hexists +hincrby";

    [Fact]
    public async Task The_rights_that_the_guide_names_are_enough()
    {
        Assert.Contains(Rights, File.ReadAllText(Guide.Path), StringComparison.Ordinal);
        await using var server = await RedisServer.StartAsync([
            "--user",
            "receiver",
            "on",
            ">secret",
            "~nodedata:webhooks:*",
            .. Rights.Split(' '),
        ]);
        var settings = server.Settings("secret");
        settings.User = "receiver";
        await using var connection = await ConnectionMultiplexer.ConnectAsync(settings);
        var log = PatientLog.Over(connection);
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(WebhookClaimResult.Claimed(1), await log.ClaimAsync(Claims.Of("evt_1"), token));
        Assert.Equal(WebhookClaimResult.Claimed(1), await log.ClaimAsync(Claims.Of("evt_1"), token));
        Assert.Equal("in progress", (await log.ClaimAsync(Claims.Of("evt_1", "other"), token)).ToString());
        Assert.True(await log.RenewAsync(Claims.Of("evt_1"), token));
        Assert.True(await log.ReleaseAsync(Claims.Of("evt_1"), token));
        Assert.Equal(WebhookClaimResult.Claimed(2), await log.ClaimAsync(Claims.Of("evt_1"), token));
        Assert.True(await log.CompleteAsync(Claims.Of("evt_1"), token));
    }
}
