#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Text;
using NodeData.Sdk.Redis.Tests.Doubles;

namespace NodeData.Sdk.Redis.Tests.Fleet;

/// <summary>Tests of a receiver under a flood of forged deliveries.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int ForgedCount = 4_000;
    private const int ValidCount = 100;

    private static readonly byte[] SmallBody = Encoding.UTF8.GetBytes("""{"id":"ev_1","type":"payout.paid"}""");
    private static readonly byte[] LargeBody = new byte[1024 * 1024];

    [Fact]
    public async Task Valid_deliveries_are_handled_with_bounded_memory_and_few_log_messages()
    {
        var elapsed = Stopwatch.StartNew();
        await using var fleet = await ReceiverFleet.StartAsync(ReceiverFleet.LongLease);
        var receiver = fleet.First;
        Assert.Equal(200, await receiver.DeliverAsync("ev_warm"));
        var before = receiver.GetPeakMemoryBytes();

        var flood = Parallel.ForEachAsync(
            Enumerable.Range(0, ForgedCount),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = TestContext.Current.CancellationToken },
            async (number, _) =>
            {
                var status = await receiver.SendForgedAsync(number % 10 == 0 ? LargeBody : SmallBody, CreateSignature(number));
                Assert.True(status is 401 or 503, $"A forged delivery returned {status}.");
            }
        );
        var ids = Enumerable.Range(1, ValidCount).Select(number => $"ev_{number}").ToList();
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (id, _) => await fleet.SendAsync(id, receiver, receiver)
        );
        await flood;

        var growth = (receiver.GetPeakMemoryBytes() - before) / (1024 * 1024);
        await Eventually.WaitUntilAsync(() => CountRejections(receiver.Output) > 0, "No rejection was logged.");
        var rejections = CountRejections(receiver.Output);
        output.WriteLine(
            $"{ForgedCount} forged, {ValidCount} valid; peak memory grew by {growth} MiB; {rejections} rejections in the log."
        );
        Assert.Equal(ids.Append("ev_warm").Order(), receiver.Handled.Order());
        Assert.InRange(growth, 0, 400);
        // One for each of the three error codes per ten seconds.
        Assert.InRange(rejections, 1, 3 * (1 + (int)(elapsed.Elapsed.TotalSeconds / 10)));
    }

    private static int CountRejections(string log) => log.Split("was rejected:").Length - 1;

    private static string CreateSignature(int number)
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
