#if NET10_0_OR_GREATER
using System.Globalization;

namespace NodeData.Sdk.Redis.Tests.Fleet;

/// <summary>Two processes that receive the same events, behind a real Redis whose answers are on the disk.</summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    private static readonly int Count = int.Parse(
        Environment.GetEnvironmentVariable("NODE_DATA_FLEET_EVENTS") ?? "500",
        CultureInfo.InvariantCulture
    );

    private const string Held = "slow_held";

    // A test waits for its end, and so it is short; a process that lives keeps it even where the machine stands still for seconds.
    private static readonly TimeSpan Outlasted = TimeSpan.FromSeconds(20);

    private static IReadOnlyList<string> Ids { get; } = [.. Enumerable.Range(1, Count).Select(number => $"ev_{number}")];

    [Fact]
    public async Task Each_event_sent_twice_at_once_is_handled_once()
    {
        await using var fleet = await ReceiverFleet.StartAsync(ReceiverFleet.Endless);

        await fleet.SendTwiceAsync(Ids);

        var handled = fleet.Handled;
        output.WriteLine(
            $"{handled.Count} events of {2 * Count} deliveries, {handled.Values.Count(times => times > 1)} handled more than once."
        );
        Assert.Equal(Ids.Order(), handled.Keys.Order());
        Assert.All(handled, pair => Assert.True(pair.Value == 1, $"{pair.Key} was handled {pair.Value} times."));
    }

    [Fact]
    public async Task With_one_process_killed_in_the_middle_none_is_lost_and_only_what_was_under_way_runs_twice()
    {
        await using var fleet = await ReceiverFleet.StartAsync(Outlasted);
        IReadOnlyCollection<string> underWay = [];
        // In the first one's handler at the kill, whatever else is: the other delivery of it is refused.
        var held = fleet.First.DeliverAsync(Held);
        var refused = fleet.First.DeliverAsync(Held);
        Assert.Equal(409, await await Task.WhenAny(held, refused));
        fleet.Second.LetGo(Held);

        await fleet.SendTwiceAsync(
            Ids,
            acknowledged =>
            {
                if (acknowledged == Count / 2)
                {
                    fleet.First.Kill();
                    underWay = fleet.UnderWayAtFirst;
                }
            }
        );

        await fleet.SendAsync(Held, fleet.Second, fleet.Second);

        Assert.Equal([null], new[] { await held, await refused }.Where(status => status != 409));
        var twice = fleet.Handled.Where(pair => pair.Value > 1).Select(pair => pair.Key).ToList();
        output.WriteLine(
            $"{fleet.Handled.Count} of {Count + 1} events handled; under way at the kill: {underWay.Count}; handled twice: {twice.Count}."
        );
        Assert.Equal(Ids.Append(Held).Order(), fleet.Handled.Keys.Order());
        Assert.Subset(underWay.ToHashSet(), twice.ToHashSet());
    }

    [Fact]
    public async Task With_redis_stopped_and_started_again_none_is_lost() =>
        await TroubleAsync(async fleet =>
        {
            await fleet.Redis.KillAsync();
            await fleet.Redis.StartAgainAsync();
        });

    [Fact]
    public async Task With_redis_restarted_without_its_data_none_is_lost() =>
        await TroubleAsync(async fleet =>
        {
            await fleet.Redis.KillAsync();
            fleet.Redis.LoseData();
            await fleet.Redis.StartAgainAsync();
        });

    [Fact]
    public async Task With_redis_flushed_none_is_lost() =>
        await TroubleAsync(async fleet =>
        {
            await using var connection = await fleet.Redis.ConnectAsync();
            await connection.GetDatabase().ExecuteAsync("FLUSHALL");
        });

    [Fact]
    public async Task A_process_that_stood_still_past_its_lease_does_not_complete()
    {
        await using var fleet = await ReceiverFleet.StartAsync(Outlasted);

        // The one that is refused tells that the other has the claim.
        Task<int?>[] deliveries = [fleet.First.DeliverAsync("slow_1"), fleet.First.DeliverAsync("slow_1")];
        var refused = await Task.WhenAny(deliveries);
        var stopped = deliveries.Single(delivery => delivery != refused);
        Assert.Equal(409, await refused);

        await fleet.First.StopAsync();
        fleet.Second.LetGo("slow_1");
        await fleet.SendAsync("slow_1", fleet.Second, fleet.Second);
        fleet.First.LetGo("slow_1");
        await fleet.First.ContinueAsync();

        Assert.Equal(503, await stopped);
        Assert.Equal(["slow_1"], fleet.Second.Handled);
        var handled = fleet.First.Handled;
        await fleet.SendAsync("slow_1", fleet.First, fleet.First);
        Assert.Equal(handled, fleet.First.Handled);
        Assert.Equal(["slow_1"], fleet.Second.Handled);
        output.WriteLine($"Handled by the one that stood still: {fleet.First.Handled.Count}, by the other: {fleet.Second.Handled.Count}.");
    }

    private async Task TroubleAsync(Func<ReceiverFleet, Task> troubleAsync)
    {
        await using var fleet = await ReceiverFleet.StartAsync(lease: TimeSpan.FromSeconds(2));
        var trouble = Task.CompletedTask;

        await fleet.SendTwiceAsync(
            Ids,
            acknowledged =>
            {
                if (acknowledged == Count / 2)
                {
                    trouble = Task.Run(() => troubleAsync(fleet));
                }
            }
        );
        await trouble;

        output.WriteLine(
            $"{fleet.Handled.Count} of {Count} events handled, {fleet.Handled.Values.Count(times => times > 1)} more than once."
        );
        Assert.Equal(Ids.Order(), fleet.Handled.Keys.Order());
    }
}
#endif
