#if NET10_0_OR_GREATER
using System.Globalization;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>
/// A program that rotates a key, killed (SIGKILL) before and after each write to the log, each answer of the service and each deployment, one run for each of
/// these points; in some scenarios killed again on its way on, at a point that differs from run to run; then left alone. At every point of every run the program itself
/// asks the service whether each deployed key works, and ends with 3 where one does not.
/// </summary>
public sealed class KilledRotationTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_point_a_rotation_ends_with_one_key_in_place_of_the_old()
    {
        var names = await EveryPointAsync(new Scenario("another client's key", "rotate") { IsKilledTwice = true });

        string[] stages = ["creating", "deploying", "overlapping", "revoking", "completed"];
        Assert.All(stages, stage => Assert.Contains($"before write {stage}", names));
        Assert.All(stages, stage => Assert.Contains($"after write {stage}", names));
        Assert.Contains("after POST keys", names);
        Assert.Contains("after DELETE keys", names);
        Assert.Equal(names.Count(name => name.StartsWith("before", StringComparison.Ordinal)) * 2, names.Count);
    }

    [Fact]
    public Task Also_where_the_service_ignores_idempotency_keys_and_makes_orphans() =>
        EveryPointAsync(new Scenario("the service ignores idempotency keys", "rotate") { IgnoresIdempotency = true });

    [Fact]
    public Task Also_where_the_program_runs_on_the_key_itself() =>
        EveryPointAsync(new Scenario("the program's own key", "rotate") { IsOwn = true });

    [Fact]
    public Task Killed_at_any_point_a_rotation_in_two_runs_is_completed() =>
        EveryPointAsync(new Scenario("completing", "complete") { Overlap = 0 });

    [Fact]
    public Task Killed_at_any_point_an_abort_puts_things_back() => EveryPointAsync(new Scenario("aborting", "abort"));

    [Fact]
    public Task Also_where_the_program_that_aborts_runs_on_the_key_itself() =>
        EveryPointAsync(new Scenario("aborting, the program's own key", "abort") { IsOwn = true });

    private async Task<IReadOnlyList<string>> EveryPointAsync(Scenario scenario)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs signals.");
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token);
        IReadOnlyList<string> names;
        await using (var bench = await KillBench.StartAsync(emulator, scenario))
        {
            var whole = await bench.RunAsync(killAt: null);
            Assert.True(whole.ExitCode == 0, whole.Output);
            names = KillBench.PointsIn(whole);
            await bench.AssertEndAsync();
        }

        await Parallel.ForEachAsync(
            Enumerable.Range(1, names.Count),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Token },
            async (point, _) =>
            {
                await using var bench = await KillBench.StartAsync(emulator, scenario);
                var told = $"Killed at {point} ({names[point - 1]}):\n";
                told += await bench.RunKilledAsync(point, told, mayEnd: false);
                if (scenario.IsKilledTwice)
                {
                    // Somewhere else each time; a run that has less to do than that is not killed, and ends well.
                    told += await bench.RunKilledAsync(1 + (point * 7 % names.Count), told, mayEnd: true);
                }

                var last = await bench.RunAsync(killAt: null);
                Assert.True(last.ExitCode == 0, $"{told}Left alone then, it ended with {last.ExitCode}:\n{last.Output}");
                await bench.AssertEndAsync();
            }
        );
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: killed at each of {names.Count} points"));
        return names;
    }
}

/// <summary>What is killed.</summary>
/// <param name="Name">For people.</param>
/// <param name="Door">Which call.</param>
internal sealed record Scenario(string Name, string Door)
{
    public bool IsOwn { get; init; }

    public bool IgnoresIdempotency { get; init; }

    public bool IsKilledTwice { get; init; }

    /// <summary>In seconds.</summary>
    public int Overlap { get; init; } = 2;
}
#endif
