using NodeData.Sdk.Redis.Scripts;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Scripts;

public sealed class KeysTests
{
    [Fact]
    public async Task A_delivery_has_two_keys_that_begin_with_the_receiver_and_end_by_themselves()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        var log = PatientLog.Over(connection, "shop:");
        var database = connection.GetDatabase();

        await log.ClaimAsync(Claims.Of("evt_1"), TestContext.Current.CancellationToken);

        Assert.InRange((await database.KeyTimeToLiveAsync("shop:{orders:evt_1:handler}:lease"))!.Value.TotalMinutes, 3, 7);
        Assert.InRange((await database.KeyTimeToLiveAsync("shop:{orders:evt_1:handler}:record"))!.Value.TotalDays, 6.9, 7.1);

        await log.CompleteAsync(Claims.Of("evt_1"), TestContext.Current.CancellationToken);

        Assert.False(await database.KeyExistsAsync("shop:{orders:evt_1:handler}:lease"));
        Assert.Equal("owner", await database.HashGetAsync("shop:{orders:evt_1:handler}:record", "completed_by"));
    }

    [Theory]
    [InlineData("a{b}c")]
    [InlineData("}{")]
    [InlineData("{}")]
    public void Both_keys_are_in_one_slot_of_a_cluster_whatever_is_in_them(string odd)
    {
        var claim = new WebhookClaim(new(odd, odd, odd), "owner", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        var keys = ScriptInput.KeysOf(claim, "nodedata:webhooks:").Select(key => key.ToString()).ToList();

        Assert.All(keys, key => Assert.Equal(claim.Key.ToString(), HashTagOf(key)));
    }

    // Redis Cluster Specification, "Hash tags": what is between the first brace and the first closing one after it, where that is not empty.
    private static string HashTagOf(string key)
    {
        var begin = key.IndexOf('{', StringComparison.Ordinal);
        return key[(begin + 1)..key.IndexOf('}', begin)];
    }
}
