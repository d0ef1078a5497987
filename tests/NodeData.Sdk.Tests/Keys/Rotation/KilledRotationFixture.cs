#if NET10_0_OR_GREATER
using System.Globalization;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A key of an emulator that is deployed to two files, and the program that rotates it.</summary>
internal sealed class KilledRotationFixture : IAsyncDisposable
{
    private const int KilledExitCode = 137;

    private static readonly string Program = Path.Combine(
        Command.RepositoryRoot,
        "tests/NodeData.Sdk.RotationProgram/bin",
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
        "net10.0/NodeData.Sdk.RotationProgram.dll"
    );

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-killed-").FullName;
    private readonly NodeDataEmulator _emulator;
    private readonly Scenario _scenario;
    private readonly NodeClient _admin;
    private string _id = "";

    private KilledRotationFixture(NodeDataEmulator emulator, Scenario scenario)
    {
        _emulator = emulator;
        _scenario = scenario;
        _admin = emulator.CreateClient();
        SinkPaths = [Path.Combine(_directory, "first"), Path.Combine(_directory, "second")];
    }

    public CreatedApiKey OldKey { get; private set; } = null!;

    public string[] SinkPaths { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KilledRotationFixture> StartAsync(NodeDataEmulator emulator, Scenario scenario)
    {
        var fixture = new KilledRotationFixture(emulator, scenario);
        var scopes = scenario.IsClientKey ? ApiKeyScopeSet.FullAccess : [ApiKeyScope.ModelsRead];
        // A unique name, to distinguish the keys of this run from those of runs at the same time.
        fixture.OldKey = await fixture._admin.Keys.CreateAsync(
            new CreateApiKeyOptions($"killed {Guid.NewGuid():N}") { Scopes = scopes },
            Token
        );
        foreach (var path in fixture.SinkPaths)
        {
            await File.WriteAllTextAsync(path, fixture.OldKey.Reveal(), Token);
        }

        fixture._id = fixture.OldKey.Id;
        if (scenario.Operation != "rotate")
        {
            await fixture.StartRotationAsync();
        }

        return fixture;
    }

    public static IReadOnlyList<string> GetPoints(Command run) =>
        [
            .. run
                .Output.Split('\n')
                .Where(line => line.StartsWith("point ", StringComparison.Ordinal))
                .Select(line => line.Split(' ', 3)[2]),
        ];

    public Task<Command> RunAsync(int? killAt) => RunAsync(_scenario.Operation, killAt);

    /// <summary>Runs the program until it is killed, and returns its output.</summary>
    public async Task<string> RunKilledAsync(int killAt, string history, bool mayEnd)
    {
        var run = await RunAsync(killAt);
        Assert.True(
            run.ExitCode == KilledExitCode || (mayEnd && run.ExitCode == 0),
            $"{history}The program exited with {run.ExitCode}:\n{run.Output}"
        );
        foreach (var path in SinkPaths)
        {
            using var client = await CreateClientAsync(path);
            var failure = await Record.ExceptionAsync(() => client.Me.GetAsync(Token));
            Assert.True(failure is null, $"{history}{run.Output}The key in {Path.GetFileName(path)} does not work.");
        }

        return run.Output;
    }

    private Task<Command> RunAsync(string operation, int? killAt)
    {
        var environment = new Dictionary<string, string>
        {
            ["KILL_AT"] = killAt?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["OLD_KEY"] = OldKey.Reveal(),
            ["KEY"] = _emulator.TestKey.Reveal(),
            ["OVERLAP"] = _scenario.Overlap.ToString(CultureInfo.InvariantCulture),
        };
        if (_scenario.ShouldIgnoreIdempotencyKey)
        {
            environment["IGNORE_IDEMPOTENCY"] = "1";
        }

        // The program reads its key from where the key is deployed, as after a restart.
        var key = _scenario.IsClientKey ? $"file:{SinkPaths[0]}" : "env:KEY";
        string[] arguments =
        [
            Program,
            operation,
            _emulator.BaseAddress.AbsoluteUri,
            key,
            _id,
            Path.Combine(_directory, "log"),
            .. SinkPaths,
        ];
        return Command.RunAsync(_directory, "dotnet", arguments, environment);
    }

    /// <summary>Asserts that one key is active and that both files contain it: the new one, or after a rollback the old one.</summary>
    public async Task AssertFinishedAsync()
    {
        // From the emulator, not from the rotation.
        var keys = await _admin.ListKeys(CallStyle.Async);
        var active = Assert.Single(
            keys,
            key => key.Status == ApiKeyStatus.Active && key.Name!.StartsWith(OldKey.Name!, StringComparison.Ordinal)
        );
        Assert.Equal(_scenario.Operation == "roll-back", active.Id == OldKey.Id);
        foreach (var path in SinkPaths)
        {
            using var client = await CreateClientAsync(path);
            Assert.Equal(active.Id, (await client.Me.GetAsync(Token)).Key!.Id);
        }
    }

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task StartRotationAsync()
    {
        var started = await RunAsync("start", killAt: null);
        Assert.True(started.ExitCode == 0, started.Output);
        _id = started.Output.Split('\n').Last(line => line.StartsWith("rot_", StringComparison.Ordinal)).Split(' ')[0];
    }

    private async Task<NodeClient> CreateClientAsync(string path) =>
        _emulator.CreateClient(ApiKey.Parse((await File.ReadAllTextAsync(path, Token)).Trim()));
}
#endif
