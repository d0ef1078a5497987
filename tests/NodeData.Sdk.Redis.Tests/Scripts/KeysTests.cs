using NodeData.Sdk.Redis.Scripts;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Scripts;

public sealed class KeysTests
{
    [Fact]
    public async Task A_claim_has_two_keys_that_start_with_the_receiver_and_expire()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        var store = ClaimStores.CreateWithLongTimeout(connection, "shop:");
        var database = connection.GetDatabase();

        await store.ClaimAsync(Claims.Create("evt_1"), TestContext.Current.CancellationToken);

        Assert.InRange((await database.KeyTimeToLiveAsync("shop:{orders:evt_1:handler}:lease"))!.Value.TotalMinutes, 3, 7);
        Assert.InRange((await database.KeyTimeToLiveAsync("shop:{orders:evt_1:handler}:record"))!.Value.TotalDays, 6.9, 7.1);

        await store.CompleteAsync(Claims.Create("evt_1"), TestContext.Current.CancellationToken);

        Assert.False(await database.KeyExistsAsync("shop:{orders:evt_1:handler}:lease"));
        Assert.Equal("owner", await database.HashGetAsync("shop:{orders:evt_1:handler}:record", "completed_by"));
    }

    [Theory]
    [InlineData("a{b}c")]
    [InlineData("}{")]
    [InlineData("{}")]
    public void Both_keys_are_in_the_same_cluster_slot_for_any_string(string text)
    {
        var claim = new WebhookClaim(new(text, text, text), "owner", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        var keys = ScriptArguments.GetKeys(claim, "nodedata:webhooks:").Select(key => key.ToString()).ToList();

        Assert.All(keys, key => Assert.Equal(claim.Key.ToString(), GetHashTag(key)));
    }

    // Redis Cluster Specification, "Hash tags": the text between the first opening brace and the first closing brace after it, if it is not empty.
    private static string GetHashTag(string key)
    {
        var start = key.IndexOf('{', StringComparison.Ordinal);
        return key[(start + 1)..key.IndexOf('}', start)];
    }
}
