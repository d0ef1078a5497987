#if NET10_0_OR_GREATER
using System.Globalization;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>
/// A program that rotates a key is killed (SIGKILL) before and after each write to the store, each call to the service and each deployment, with one run for
/// each of these points; in some scenarios it is killed again while it resumes, at a point that differs from run to run; then it runs to completion. At every
/// point of every run the program checks that the service accepts each deployed key, and exits with 3 if not.
/// </summary>
public sealed class KilledRotationTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rotation_killed_at_any_point_ends_with_exactly_one_new_key()
    {
        var names = await KillAtEveryPointAsync(new Scenario("the key of another client", "rotate") { IsKilledTwice = true });

        string[] stages = ["creating", "deploying", "overlapping", "revoking", "completed"];
        Assert.All(stages, stage => Assert.Contains($"before write {stage}", names));
        Assert.All(stages, stage => Assert.Contains($"after write {stage}", names));
        Assert.Contains("after POST keys", names);
        Assert.Contains("after DELETE keys", names);
        Assert.Equal(names.Count(name => name.StartsWith("before", StringComparison.Ordinal)) * 2, names.Count);
    }

    [Fact]
    public Task A_rotation_killed_at_any_point_completes_if_the_service_ignores_idempotency_keys() =>
        KillAtEveryPointAsync(new Scenario("the service ignores idempotency keys", "rotate") { ShouldIgnoreIdempotencyKey = true });

    [Fact]
    public Task A_rotation_of_the_programs_key_killed_at_any_point_completes() =>
        KillAtEveryPointAsync(new Scenario("the key of the program", "rotate") { IsClientKey = true });

    [Fact]
    public Task A_rotation_in_two_runs_killed_at_any_point_completes() =>
        KillAtEveryPointAsync(new Scenario("completion", "complete") { Overlap = 0 });

    [Fact]
    public Task A_rollback_killed_at_any_point_restores_the_old_key() => KillAtEveryPointAsync(new Scenario("rollback", "roll-back"));

    [Fact]
    public Task A_rollback_of_the_programs_key_killed_at_any_point_restores_the_old_key() =>
        KillAtEveryPointAsync(new Scenario("rollback, the key of the program", "roll-back") { IsClientKey = true });

    private async Task<IReadOnlyList<string>> KillAtEveryPointAsync(Scenario scenario)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Requires Unix signals.");
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token);
        IReadOnlyList<string> names;
        await using (var fixture = await KilledRotationFixture.StartAsync(emulator, scenario))
        {
            var whole = await fixture.RunAsync(killAt: null);
            Assert.True(whole.ExitCode == 0, whole.Output);
            names = KilledRotationFixture.GetPoints(whole);
            await fixture.AssertFinishedAsync();
        }

        await Parallel.ForEachAsync(
            Enumerable.Range(1, names.Count),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Token },
            async (point, _) =>
            {
                await using var fixture = await KilledRotationFixture.StartAsync(emulator, scenario);
                var history = $"Killed at {point} ({names[point - 1]}):\n";
                history += await fixture.RunKilledAsync(point, history, mayEnd: false);
                if (scenario.IsKilledTwice)
                {
                    // At a different point each time; a run with fewer points is not killed and completes.
                    history += await fixture.RunKilledAsync(1 + (point * 7 % names.Count), history, mayEnd: true);
                }

                var last = await fixture.RunAsync(killAt: null);
                Assert.True(last.ExitCode == 0, $"{history}The last run exited with {last.ExitCode}:\n{last.Output}");
                await fixture.AssertFinishedAsync();
            }
        );
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: killed at each of {names.Count} points"));
        return names;
    }
}

/// <summary>A scenario in which the program is killed.</summary>
/// <param name="Name">The name in the test output.</param>
/// <param name="Operation">The operation of the program.</param>
internal sealed record Scenario(string Name, string Operation)
{
    public bool IsClientKey { get; init; }

    public bool ShouldIgnoreIdempotencyKey { get; init; }

    public bool IsKilledTwice { get; init; }

    /// <summary>The overlap in seconds.</summary>
    public int Overlap { get; init; } = 2;
}
#endif
