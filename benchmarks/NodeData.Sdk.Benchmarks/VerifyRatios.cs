using System.Diagnostics;
using System.Globalization;

namespace NodeData.Sdk.Benchmarks;

/// <summary>
/// Runs the same comparison on a machine with other load: short alternating rounds, and the ratio of the fastest quarter of each. A benchmark that measures one
/// after the other would measure them under different load.
/// </summary>
internal static class VerifyRatios
{
    private const int Rounds = 2000;

    public static void Print()
    {
        foreach (
            var (bytes, calls, goal) in ((int, int, double)[])
                [(512, 200, 0.80), (4096, 100, 0.95), (65_536, 10, 1.02), (1_048_576, 1, 1.05)]
        )
        {
            using var benchmark = new VerifyBenchmarks { Bytes = bytes };
            benchmark.Sign();
            var oneShot = new double[Rounds];
            var verify = new double[Rounds];
            for (var round = -Rounds / 10; round < Rounds; round++)
            {
                var (first, second) = (Measure(calls, () => benchmark.OneShotHmac()), Measure(calls, () => benchmark.Verify()));
                if (round >= 0)
                {
                    (oneShot[round], verify[round]) = (first, second);
                }
            }

            var ratio = MeanOfFastestQuarter(verify) / MeanOfFastestQuarter(oneShot);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes, 9} bytes: {ratio:F2} (goal {goal:F2})"));
        }
    }

    private static double Measure(int calls, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static double MeanOfFastestQuarter(double[] times) => times.Order().Take(Rounds / 4).Average();
}
