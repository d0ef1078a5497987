#if NET10_0_OR_GREATER
using System.Globalization;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>One key of an emulator, deployed to two files, and the program that rotates it.</summary>
internal sealed class KillBench : IAsyncDisposable
{
    private const int Killed = 137;

    private static readonly string Program = Path.Combine(
        Command.Repository,
        "tests/NodeData.Sdk.RotationProgram/bin",
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
        "net10.0/NodeData.Sdk.RotationProgram.dll"
    );

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-killed-").FullName;
    private readonly NodeDataEmulator _emulator;
    private readonly Scenario _scenario;
    private readonly NodeClient _admin;
    private string _id = "";

    private KillBench(NodeDataEmulator emulator, Scenario scenario)
    {
        _emulator = emulator;
        _scenario = scenario;
        _admin = emulator.Client();
        Places = [Path.Combine(_directory, "first"), Path.Combine(_directory, "second")];
    }

    public CreatedApiKey Old { get; private set; } = null!;

    public string[] Places { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KillBench> StartAsync(NodeDataEmulator emulator, Scenario scenario)
    {
        var bench = new KillBench(emulator, scenario);
        var scopes = scenario.IsOwn ? ApiKeyScopeSet.FullAccess : [ApiKeyScope.ModelsRead];
        // A name of its own, so that what a run left behind is told from what another run did at the same time.
        bench.Old = await bench._admin.Keys.CreateAsync(new CreateApiKeyOptions($"killed {Guid.NewGuid():N}") { Scopes = scopes }, Token);
        foreach (var place in bench.Places)
        {
            await File.WriteAllTextAsync(place, bench.Old.Reveal(), Token);
        }

        bench._id = bench.Old.Id;
        if (scenario.Door != "rotate")
        {
            await bench.BeginAsync();
        }

        return bench;
    }

    public static IReadOnlyList<string> PointsIn(Command run) =>
        [
            .. run
                .Output.Split('\n')
                .Where(line => line.StartsWith("point ", StringComparison.Ordinal))
                .Select(line => line.Split(' ', 3)[2]),
        ];

    public Task<Command> RunAsync(int? killAt) => RunAsync(_scenario.Door, killAt);

    /// <summary>Runs the program until it is killed; what it told.</summary>
    public async Task<string> RunKilledAsync(int killAt, string told, bool mayEnd)
    {
        var run = await RunAsync(killAt);
        Assert.True(run.ExitCode == Killed || (mayEnd && run.ExitCode == 0), $"{told}It ended with {run.ExitCode}:\n{run.Output}");
        foreach (var place in Places)
        {
            using var client = await ClientOfAsync(place);
            var failure = await Record.ExceptionAsync(() => client.Me.GetAsync(Token));
            Assert.True(failure is null, $"{told}{run.Output}The key in {Path.GetFileName(place)} does not work.");
        }

        return run.Output;
    }

    private Task<Command> RunAsync(string door, int? killAt)
    {
        var environment = new Dictionary<string, string>
        {
            ["KILL_AT"] = killAt?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["OLD_KEY"] = Old.Reveal(),
            ["KEY"] = _emulator.TestKey.Reveal(),
            ["OVERLAP"] = _scenario.Overlap.ToString(CultureInfo.InvariantCulture),
        };
        if (_scenario.IgnoresIdempotency)
        {
            environment["IGNORE_IDEMPOTENCY"] = "1";
        }

        // Its own key it takes from where it is deployed, as it would after a restart.
        var key = _scenario.IsOwn ? $"file:{Places[0]}" : "env:KEY";
        string[] arguments = [Program, door, _emulator.BaseAddress.AbsoluteUri, key, _id, Path.Combine(_directory, "log"), .. Places];
        return Command.RunAsync(_directory, "dotnet", arguments, environment);
    }

    /// <summary>One active key, and both files hold it: the new one, or after an abort the old one.</summary>
    public async Task AssertEndAsync()
    {
        // The emulator's own list.
        var keys = await _admin.ListKeys(Door.Async);
        var active = Assert.Single(
            keys,
            key => key.Status == ApiKeyStatus.Active && key.Name!.StartsWith(Old.Name!, StringComparison.Ordinal)
        );
        Assert.Equal(_scenario.Door == "abort", active.Id == Old.Id);
        foreach (var place in Places)
        {
            using var client = await ClientOfAsync(place);
            Assert.Equal(active.Id, (await client.Me.GetAsync(Token)).Key!.Id);
        }
    }

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task BeginAsync()
    {
        var begun = await RunAsync("begin", killAt: null);
        Assert.True(begun.ExitCode == 0, begun.Output);
        _id = begun.Output.Split('\n').Last(line => line.StartsWith("rot_", StringComparison.Ordinal)).Split(' ')[0];
    }

    private async Task<NodeClient> ClientOfAsync(string place) =>
        _emulator.Client(ApiKey.Parse((await File.ReadAllTextAsync(place, Token)).Trim()));
}
#endif
