using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>An emulator with a key to be rotated, a place that the key is deployed to, and a log of rotations, all gone at the end.</summary>
internal sealed class RotationFixture : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-rotation-").FullName;
    private readonly List<NodeClient> _clients = [];

    private RotationFixture(NodeDataEmulator emulator)
    {
        Emulator = emulator;
        Clock = new EmulatorAutoAdvanceClock(emulator.Clock);
        Admin = CreateClient(emulator.TestKey);
        SinkPath = Path.Combine(_directory, "key");
        Store = new FileApiKeyRotationStore(Path.Combine(_directory, "rotations"));
    }

    public NodeDataEmulator Emulator { get; }

    /// <summary>The clients' clock: waits are over at once, and the emulator goes along.</summary>
    public EmulatorAutoAdvanceClock Clock { get; }

    /// <summary>A client that runs on another key than the one that is rotated.</summary>
    public NodeClient Admin { get; }

    /// <summary>The key that is rotated.</summary>
    public CreatedApiKey OldKey { get; private set; } = null!;

    /// <summary>The file that programs take the key from.</summary>
    public string SinkPath { get; }

    public FileApiKeyRotationStore Store { get; }

    public List<ApiKeyRotationProgress> Progress { get; } = [];

    /// <summary>No waiting, one file, everything told.</summary>
    public ApiKeyRotationOptions Options =>
        new()
        {
            Overlap = TimeSpan.Zero,
            Sinks = [new FileApiKeySink(SinkPath)],
            Store = Store,
            Progress = new RecordingProgress(Progress),
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RotationFixture> StartAsync(CreateApiKeyOptions? options = null)
    {
        var fixture = new RotationFixture(await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token));
        fixture.OldKey = await fixture.Admin.Keys.CreateAsync(
            options ?? new CreateApiKeyOptions("ci-deploys") { Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload] },
            Token
        );
        await File.WriteAllTextAsync(fixture.SinkPath, fixture.OldKey.Reveal(), Token);
        return fixture;
    }

    public NodeClient CreateClient(SecretReference key, Action<NodeClientOptions>? configure = null)
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
    public async Task<List<ApiKeyInfo>> ListKeysAsync() =>
        (await Admin.ListKeys(CallStyle.Async)).Where(key => key.Name?.StartsWith("emulator ", StringComparison.Ordinal) != true).ToList();

    public async Task<List<ApiKeyInfo>> ListActiveKeysAsync() =>
        (await ListKeysAsync()).Where(key => key.Status == ApiKeyStatus.Active).ToList();

    /// <summary>Whether the key that programs find in its place works.</summary>
    public async Task AssertDeployedKeyWorksAsync() => await CreateClient($"file:{SinkPath}").Me.GetAsync(Token);

    /// <summary>One active key in place of the old one, and it is the one that was deployed.</summary>
    public async Task<ApiKeyInfo> AssertReplacedAsync()
    {
        var active = Assert.Single(await ListActiveKeysAsync());
        Assert.NotEqual(OldKey.Id, active.Id);
        Assert.Equal(active.Id, (await CreateClient($"file:{SinkPath}").Me.GetAsync(Token)).Key!.Id);
        return active;
    }

    /// <summary>The next new key is refused when it is proven, and then nobody can list the keys in order to revoke it.</summary>
    public void FailVerificationAndCleanup()
    {
        Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(403));
        Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), method: "POST");
        Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), 2, "GET");
        Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), 10, "GET");
    }

    /// <summary>The old key alone, where it always was.</summary>
    public async Task AssertUnchangedAsync()
    {
        Assert.Equal(OldKey.Id, Assert.Single(await ListActiveKeysAsync()).Id);
        Assert.Equal(OldKey.Reveal(), (await File.ReadAllTextAsync(SinkPath, Token)).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Emulator.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class RecordingProgress(List<ApiKeyRotationProgress> progress) : IProgress<ApiKeyRotationProgress>
    {
        public void Report(ApiKeyRotationProgress value)
        {
            lock (progress)
            {
                progress.Add(value);
            }
        }
    }
}
