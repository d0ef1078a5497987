using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.StoreFaults;

/// <summary>Tests a receiver with every fault of every call of the Redis claim store: no event is lost.</summary>
public sealed class RedisStoreFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task No_event_is_lost_in_Redis()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();

        await Parallel.ForEachAsync(
            StoreFault.All,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (fault, token) => await RunAsync(connection, fault, token)
        );

        output.WriteLine($"{StoreFault.All.Count} faults, no event lost.");
        Assert.Equal(48, StoreFault.All.Count);
    }

    // The clock of the receiver advances first, so that it never relies on a lease that has expired on the server.
    private static Task RunAsync(ConnectionMultiplexer connection, StoreFault fault, CancellationToken token)
    {
        var prefix = $"{Guid.NewGuid():N}:";
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        return new StoreFaultScenario(ClaimStores.CreateWithLongTimeout(connection, prefix), clock, AdvanceAsync, Lease, fault).RunAsync(
            token
        );

        Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            clock.Advance(time);
            return ServerTime.AdvanceAsync(connection.GetDatabase(), prefix, time);
        }
    }
}
