#if NET10_0_OR_GREATER
using System.Collections.Concurrent;
using System.Diagnostics;
using NodeData.Sdk.Redis.Tests.Doubles;

namespace NodeData.Sdk.Redis.Tests.Fleet;

/// <summary>Two processes that share a Redis server, and a sender that retries each event until it is acknowledged, as the service does.</summary>
internal sealed class ReceiverFleet : IAsyncDisposable
{
    /// <summary>A lease that does not expire within a test.</summary>
    public static readonly TimeSpan LongLease = TimeSpan.FromHours(1);

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _directory;
    private readonly ConcurrentDictionary<string, int> _inProgress = new();

    private ReceiverFleet(RedisServer redis, DirectoryInfo directory, ReceiverProcess first, ReceiverProcess second) =>
        (Redis, _directory, First, Second) = (redis, directory, first, second);

    public RedisServer Redis { get; }

    public ReceiverProcess First { get; }

    public ReceiverProcess Second { get; }

    /// <summary>How often each event was handled by the two processes.</summary>
    public Dictionary<string, int> Handled =>
        First.Handled.Concat(Second.Handled).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>The events that were sent to the first process and have no response yet.</summary>
    public IReadOnlyCollection<string> InProgressAtFirst => [.. _inProgress.Where(event_ => event_.Value > 0).Select(event_ => event_.Key)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ReceiverFleet> StartAsync(TimeSpan lease)
    {
        var redis = await RedisServer.StartAsync();
        var directory = Directory.CreateTempSubdirectory("nodedata-fleet-");
        var first = ReceiverProcess.StartAsync(redis.Address, directory.FullName, lease);
        var second = ReceiverProcess.StartAsync(redis.Address, directory.FullName, lease);
        return new ReceiverFleet(redis, directory, await first, await second);
    }

    /// <summary>Sends each event to both processes concurrently, each until one of the two acknowledges it.</summary>
    public Task SendToBothAsync(IEnumerable<string> ids, Action<int>? acknowledged = null)
    {
        var count = 0;
        return Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (id, _) =>
            {
                await Task.WhenAll(SendAsync(id, First, Second), SendAsync(id, Second, First));
                acknowledged?.Invoke(Interlocked.Increment(ref count));
            }
        );
    }

    /// <summary>Sends an event until it is acknowledged; switches to the other process if there is no response.</summary>
    public async Task SendAsync(string id, ReceiverProcess target, ReceiverProcess fallback)
    {
        for (var elapsed = Stopwatch.StartNew(); ; await Task.Delay(50, Token))
        {
            var status = await DeliverAsync(id, target);
            if (status == 200)
            {
                return;
            }

            Assert.True(status is null or 409 or 500 or 503, $"{id} returned {status}.");
            Assert.True(
                elapsed.Elapsed < Timeout,
                $"{id} was not acknowledged in {Timeout}; last {status}.\n{First.Output}\n{Second.Output}"
            );
            if (status is null)
            {
                (target, fallback) = (fallback, target);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Redis.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task<int?> DeliverAsync(string id, ReceiverProcess process)
    {
        if (process != First)
        {
            return await process.DeliverAsync(id);
        }

        _inProgress.AddOrUpdate(id, 1, (_, count) => count + 1);
        var status = await process.DeliverAsync(id);
        if (status is not null)
        {
            _inProgress.AddOrUpdate(id, 0, (_, count) => count - 1);
        }

        return status;
    }
}
#endif
