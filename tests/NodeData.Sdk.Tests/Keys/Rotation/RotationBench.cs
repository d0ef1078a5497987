using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>An emulator with a key to be rotated, a place that the key is deployed to, and a log of rotations, all gone at the end.</summary>
internal sealed class RotationBench : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-rotation-").FullName;
    private readonly List<NodeClient> _clients = [];

    private RotationBench(NodeDataEmulator emulator)
    {
        Emulator = emulator;
        Clock = new PassingClock(emulator.Clock);
        Admin = Client(emulator.TestKey);
        Place = Path.Combine(_directory, "key");
        Log = new FileApiKeyRotationStore(Path.Combine(_directory, "rotations"));
    }

    public NodeDataEmulator Emulator { get; }

    /// <summary>The clients' clock: waits are over at once, and the emulator goes along.</summary>
    public PassingClock Clock { get; }

    /// <summary>A client that runs on another key than the one that is rotated.</summary>
    public NodeClient Admin { get; }

    /// <summary>The key that is rotated.</summary>
    public CreatedApiKey Old { get; private set; } = null!;

    /// <summary>The file that programs take the key from.</summary>
    public string Place { get; }

    public FileApiKeyRotationStore Log { get; }

    public List<ApiKeyRotationProgress> Told { get; } = [];

    /// <summary>No waiting, one file, everything told.</summary>
    public ApiKeyRotationOptions Plan =>
        new()
        {
            Overlap = TimeSpan.Zero,
            Sinks = [new FileApiKeySink(Place)],
            Store = Log,
            Progress = new Listener(Told),
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RotationBench> StartAsync(CreateApiKeyOptions? old = null)
    {
        var bench = new RotationBench(await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token));
        bench.Old = await bench.Admin.Keys.CreateAsync(
            old ?? new CreateApiKeyOptions("ci-deploys") { Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload] },
            Token
        );
        await File.WriteAllTextAsync(bench.Place, bench.Old.Reveal(), Token);
        return bench;
    }

    public NodeClient Client(SecretReference key, Action<NodeClientOptions>? configure = null)
    {
        var options = new NodeClientOptions
        {
            ApiKey = key,
            BaseAddress = Emulator.BaseAddress,
            TimeProvider = Clock,
            Jitter = () => 0,
        };
        configure?.Invoke(options);
        var client = new NodeClient(options);
        _clients.Add(client);
        return client;
    }

    /// <summary>What the service has, newest first, but for the keys that the emulator began with.</summary>
    public async Task<List<ApiKeyInfo>> KeysAsync() =>
        (await Admin.ListKeys(Door.Async)).Where(key => key.Name?.StartsWith("emulator ", StringComparison.Ordinal) != true).ToList();

    public async Task<List<ApiKeyInfo>> ActiveKeysAsync() => (await KeysAsync()).Where(key => key.Status == ApiKeyStatus.Active).ToList();

    /// <summary>Whether the key that programs find in its place works.</summary>
    public async Task AssertPlaceWorksAsync() => await Client($"file:{Place}").Me.GetAsync(Token);

    /// <summary>One active key in place of the old one, and it is the one that was deployed.</summary>
    public async Task<ApiKeyInfo> AssertReplacedAsync()
    {
        var active = Assert.Single(await ActiveKeysAsync());
        Assert.NotEqual(Old.Id, active.Id);
        Assert.Equal(active.Id, (await Client($"file:{Place}").Me.GetAsync(Token)).Key!.Id);
        return active;
    }

    /// <summary>The next new key is refused when it is proven, and then nobody can list the keys in order to revoke it.</summary>
    public void FailInProvingAndInCleaningUp()
    {
        Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(403));
        Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), method: "POST");
        Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), 2, "GET");
        Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), 10, "GET");
    }

    /// <summary>The old key alone, where it always was.</summary>
    public async Task AssertUntouchedAsync()
    {
        Assert.Equal(Old.Id, Assert.Single(await ActiveKeysAsync()).Id);
        Assert.Equal(Old.Reveal(), (await File.ReadAllTextAsync(Place, Token)).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Emulator.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class Listener(List<ApiKeyRotationProgress> told) : IProgress<ApiKeyRotationProgress>
    {
        public void Report(ApiKeyRotationProgress value)
        {
            lock (told)
            {
                told.Add(value);
            }
        }
    }
}
