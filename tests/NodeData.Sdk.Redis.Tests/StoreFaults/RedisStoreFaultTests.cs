using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.StoreFaults;

/// <summary>Every call of the log in Redis with every way to fail, under a receiver: no event is lost. Leases are Redis's own, so time really passes.</summary>
public sealed class RedisStoreFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(600);

    [Fact]
    public async Task In_redis()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        var store = new RedisWebhookDeliveryLog(connection);

        await Parallel.ForEachAsync(
            StoreFault.All,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (fault, token) => await new StoreFaultStory(store, TimeProvider.System, Task.Delay, Lease, fault).RunAsync(token)
        );

        output.WriteLine($"{StoreFault.All.Count} faults, no event lost.");
        Assert.Equal(48, StoreFault.All.Count);
    }
}
