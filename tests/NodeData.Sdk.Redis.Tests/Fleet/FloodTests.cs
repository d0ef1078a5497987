#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Text;
using NodeData.Sdk.Redis.Tests.Doubles;

namespace NodeData.Sdk.Redis.Tests.Fleet;

/// <summary>A receiver under a flood of forged deliveries.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int Forged = 4_000;
    private const int Real = 100;

    private static readonly byte[] Small = Encoding.UTF8.GetBytes("""{"id":"ev_1","type":"payout.paid"}""");
    private static readonly byte[] Large = new byte[1024 * 1024];

    [Fact]
    public async Task The_real_ones_are_handled_memory_stays_bounded_and_the_log_is_short()
    {
        var since = Stopwatch.StartNew();
        await using var fleet = await ReceiverFleet.StartAsync(ReceiverFleet.Endless);
        var receiver = fleet.First;
        Assert.Equal(200, await receiver.DeliverAsync("ev_warm"));
        var before = receiver.PeakMemoryBytes();

        var flood = Parallel.ForEachAsync(
            Enumerable.Range(0, Forged),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = TestContext.Current.CancellationToken },
            async (number, _) =>
            {
                var status = await receiver.ForgeAsync(number % 10 == 0 ? Large : Small, SignatureOf(number));
                Assert.True(status is 401 or 503, $"A forged delivery was answered {status}.");
            }
        );
        var ids = Enumerable.Range(1, Real).Select(number => $"ev_{number}").ToList();
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (id, _) => await fleet.SendAsync(id, receiver, receiver)
        );
        await flood;

        var grown = (receiver.PeakMemoryBytes() - before) / (1024 * 1024);
        await Eventually.UntilAsync(() => RefusalsIn(receiver.Log) > 0, "The log does not tell of the flood.");
        var told = RefusalsIn(receiver.Log);
        output.WriteLine($"{Forged} forged, {Real} real; memory grew by {grown} MiB at its peak; {told} refusals in the log.");
        Assert.Equal(ids.Append("ev_warm").Order(), receiver.Handled.Order());
        Assert.InRange(grown, 0, 400);
        // One for each of three codes and ten seconds.
        Assert.InRange(told, 1, 3 * (1 + (int)(since.Elapsed.TotalSeconds / 10)));
    }

    private static int RefusalsIn(string log) => log.Split("was refused:").Length - 1;

    private static string SignatureOf(int number)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return (number % 4) switch
        {
            0 => $"t={now},v1={new string('0', 64)}",
            1 => $"t={now - 4000},v1={new string('0', 64)}",
            2 => "t=,v1=",
            _ => $"t={now},v1={new string('f', 64)},v1={new string('e', 64)}",
        };
    }
}
#endif
