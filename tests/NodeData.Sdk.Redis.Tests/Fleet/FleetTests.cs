#if NET10_0_OR_GREATER
using System.Globalization;

namespace NodeData.Sdk.Redis.Tests.Fleet;

/// <summary>Tests of two processes that receive the same events and share a Redis server that persists every acknowledged write.</summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    private static readonly int Count = int.Parse(
        Environment.GetEnvironmentVariable("NODE_DATA_FLEET_EVENTS") ?? "500",
        CultureInfo.InvariantCulture
    );

    private const string HeldEventId = "slow_held";

    // Short, because a test waits until it expires. Long enough that a running process renews it even if the machine stalls for seconds.
    private static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(20);

    private static IReadOnlyList<string> Ids { get; } = [.. Enumerable.Range(1, Count).Select(number => $"ev_{number}")];

    [Fact]
    public async Task An_event_delivered_to_both_processes_concurrently_is_handled_once()
    {
        await using var fleet = await ReceiverFleet.StartAsync(ReceiverFleet.LongLease);

        await fleet.SendToBothAsync(Ids);

        var handled = fleet.Handled;
        output.WriteLine(
            $"{handled.Count} events of {2 * Count} attempts, {handled.Values.Count(times => times > 1)} handled more than once."
        );
        Assert.Equal(Ids.Order(), handled.Keys.Order());
        Assert.All(handled, pair => Assert.True(pair.Value == 1, $"{pair.Key} was handled {pair.Value} times."));
    }

    [Fact]
    public async Task Killing_one_process_loses_no_event_and_repeats_only_events_in_progress()
    {
        await using var fleet = await ReceiverFleet.StartAsync(ShortLease);
        IReadOnlyCollection<string> inProgress = [];
        // Guarantees that an event is in the handler of the first process at the kill: the second attempt returns 409.
        var held = fleet.First.DeliverAsync(HeldEventId);
        var rejected = fleet.First.DeliverAsync(HeldEventId);
        Assert.Equal(409, await await Task.WhenAny(held, rejected));
        fleet.Second.ReleaseHandler(HeldEventId);

        await fleet.SendToBothAsync(
            Ids,
            acknowledged =>
            {
                if (acknowledged == Count / 2)
                {
                    fleet.First.Kill();
                    inProgress = fleet.InProgressAtFirst;
                }
            }
        );

        await fleet.SendAsync(HeldEventId, fleet.Second, fleet.Second);

        Assert.Equal([null], new[] { await held, await rejected }.Where(status => status != 409));
        var twice = fleet.Handled.Where(pair => pair.Value > 1).Select(pair => pair.Key).ToList();
        output.WriteLine(
            $"{fleet.Handled.Count} of {Count + 1} events handled; in progress at the kill: {inProgress.Count}; handled twice: {twice.Count}."
        );
        Assert.Equal(Ids.Append(HeldEventId).Order(), fleet.Handled.Keys.Order());
        Assert.Subset(inProgress.ToHashSet(), twice.ToHashSet());
    }

    [Fact]
    public async Task Restarting_Redis_loses_no_event() =>
        await RunWithOutageAsync(async fleet =>
        {
            await fleet.Redis.KillAsync();
            await fleet.Redis.RestartAsync();
        });

    [Fact]
    public async Task Restarting_Redis_without_its_data_loses_no_event() =>
        await RunWithOutageAsync(async fleet =>
        {
            await fleet.Redis.KillAsync();
            fleet.Redis.DeleteData();
            await fleet.Redis.RestartAsync();
        });

    [Fact]
    public async Task Flushing_Redis_loses_no_event() =>
        await RunWithOutageAsync(async fleet =>
        {
            await using var connection = await fleet.Redis.ConnectAsync();
            await connection.GetDatabase().ExecuteAsync("FLUSHALL");
        });

    [Fact]
    public async Task A_process_suspended_past_its_lease_does_not_complete()
    {
        await using var fleet = await ReceiverFleet.StartAsync(ShortLease);

        // The attempt that returns 409 shows that the other one holds the claim.
        Task<int?>[] deliveries = [fleet.First.DeliverAsync("slow_1"), fleet.First.DeliverAsync("slow_1")];
        var rejected = await Task.WhenAny(deliveries);
        var suspended = deliveries.Single(delivery => delivery != rejected);
        Assert.Equal(409, await rejected);

        await fleet.First.SuspendAsync();
        fleet.Second.ReleaseHandler("slow_1");
        await fleet.SendAsync("slow_1", fleet.Second, fleet.Second);
        fleet.First.ReleaseHandler("slow_1");
        await fleet.First.ResumeAsync();

        Assert.Equal(503, await suspended);
        Assert.Equal(["slow_1"], fleet.Second.Handled);
        var handled = fleet.First.Handled;
        await fleet.SendAsync("slow_1", fleet.First, fleet.First);
        Assert.Equal(handled, fleet.First.Handled);
        Assert.Equal(["slow_1"], fleet.Second.Handled);
        output.WriteLine($"Handled by the suspended process: {fleet.First.Handled.Count}, by the other: {fleet.Second.Handled.Count}.");
    }

    private async Task RunWithOutageAsync(Func<ReceiverFleet, Task> outageAsync)
    {
        await using var fleet = await ReceiverFleet.StartAsync(lease: TimeSpan.FromSeconds(2));
        var outage = Task.CompletedTask;

        await fleet.SendToBothAsync(
            Ids,
            acknowledged =>
            {
                if (acknowledged == Count / 2)
                {
                    outage = Task.Run(() => outageAsync(fleet));
                }
            }
        );
        await outage;

        output.WriteLine(
            $"{fleet.Handled.Count} of {Count} events handled, {fleet.Handled.Values.Count(times => times > 1)} more than once."
        );
        Assert.Equal(Ids.Order(), fleet.Handled.Keys.Order());
    }
}
#endif
