using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys.Rotation;

/// <summary>
/// <c>keys rotate</c> of the key in use, without an id, is killed before and after each request and each run of the program of a sink, with one run for each of
/// these points; then the same command is repeated until it exits with 0.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class KilledCommandTests(ITestOutputHelper output)
{
    private const int KilledExitCode = 137;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--key-file", "--overlap", "1s")]
    [InlineData(".env.local", "--compromised")]
    public async Task A_command_killed_at_any_point_and_repeated_leaves_one_key(string source, params string[] options)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token);
        List<string> points = [];
        await using (var run = await Run.StartAsync(emulator, source, options))
        {
            (await run.RunAsync(killAt: 0)).RequireExitCode(0);
            points.AddRange(run.Points);
            await run.AssertReplacedAsync("Not killed");
        }

        string[] all = [.. points, "before gh", "after gh"];
        await Parallel.ForEachAsync(
            Enumerable.Range(1, all.Length),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Token },
            async (point, _) =>
            {
                await using var run = await Run.StartAsync(emulator, source, options);
                var history = $"Killed at {point} ({all[point - 1]})";
                var killed = point <= points.Count ? await run.RunAsync(point) : await run.RunKilledBySinkAsync(all[point - 1]);
                killed.RequireExitCode(KilledExitCode);
                await run.AssertSourceWorksAsync(history);
                var last = await run.RunAsync(killAt: 0);
                Assert.True(last.ExitCode == 0, $"{history}:\n{killed.Error}\nthen exited with {last.ExitCode}:\n{last.Error}");
                await run.AssertReplacedAsync($"{history}:\n{killed.Error}\nthen:\n{last.Error}");
            }
        );
        output.WriteLine($"{source} {string.Join(' ', options)}: killed at each of {all.Length} points");
        Assert.Contains("after DELETE", string.Join('\n', all), StringComparison.Ordinal);
    }

    /// <summary>A key in use, and the tool that rotates it through a proxy.</summary>
    private sealed class Run(NodeDataEmulator emulator, Tool tool, KillingProxy proxy, CreatedApiKey old, KeySource keys, string[] options)
        : IAsyncDisposable
    {
        private readonly string[] _command = ["keys", "rotate", .. keys.Arguments, "--to", "github:octo/shop#KEY", .. options];

        public IReadOnlyList<string> Points => proxy.Points;

        public static async Task<Run> StartAsync(NodeDataEmulator emulator, string source, string[] options)
        {
            var proxy = await KillingProxy.StartAsync(emulator);
            var tool = Tool.For(emulator);
            tool.Variables["NODE_DATA_BASE_URL"] = proxy.GetBaseAddress(emulator).AbsoluteUri;
            SinkTool.AddProgram(
                tool,
                "gh",
                """
                [ "$1" = api ] && exit 0
                if [ -e "$HOME/before gh" ]; then rm "$HOME/before gh"; kill -KILL $PPID; exit 1; fi
                cat > "$HOME/stored"
                if [ -e "$HOME/after gh" ]; then rm "$HOME/after gh"; kill -KILL $PPID; fi
                """
            );
            // A unique name, to distinguish the keys of this run from those of runs at the same time.
            var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions($"own {Guid.NewGuid():N}"));
            var keys = await KeySource.SetAsync(tool, source, old.Reveal());
            return new Run(emulator, tool, proxy, old, keys, options);
        }

        public Task<ToolResult> RunAsync(int killAt) => proxy.RunAsync(tool, killAt, _command);

        /// <summary>Runs the tool until the program of a sink kills it, before or after that has stored the secret.</summary>
        public async Task<ToolResult> RunKilledBySinkAsync(string point)
        {
            await File.WriteAllTextAsync(Path.Combine(tool.Home, point), "", Token);
            return await RunAsync(killAt: 0);
        }

        public async Task AssertSourceWorksAsync(string history) =>
            Assert.True(
                await Doubles.Keys.GetIdAsync(emulator, await keys.ReadAsync()) is not null,
                $"{history}: the key in use does not work."
            );

        /// <summary>Asserts that one key is active, not the old one, and that every sink has it.</summary>
        public async Task AssertReplacedAsync(string history)
        {
            var active = (await Doubles.Keys.ListCreatedAsync(emulator)).FindAll(key =>
                key.Status == ApiKeyStatus.Active && key.Name!.StartsWith(old.Name!, StringComparison.Ordinal)
            );
            Assert.True(
                active is [var only] && only.Id != old.Id,
                $"{history}\nActive: {string.Join(", ", active.Select(key => key.Name))}"
            );
            var secret = await keys.ReadAsync();
            Assert.Equal(active[0].Id, await Doubles.Keys.GetIdAsync(emulator, secret));
            Assert.Equal(secret, await File.ReadAllTextAsync(Path.Combine(tool.Home, "stored"), Token));
        }

        public async ValueTask DisposeAsync()
        {
            await proxy.DisposeAsync();
            tool.Dispose();
        }
    }
}
