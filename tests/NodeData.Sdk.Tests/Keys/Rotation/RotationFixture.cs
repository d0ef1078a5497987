using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>An emulator with a key to be rotated, a file to which the key is deployed, and a store for rotations; everything is deleted at the end.</summary>
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

    /// <summary>The clock of the clients: waits complete at once, and the emulator's clock advances with them.</summary>
    public EmulatorAutoAdvanceClock Clock { get; }

    /// <summary>A client with another key than the one that is rotated.</summary>
    public NodeClient Admin { get; }

    /// <summary>The key that is rotated.</summary>
    public CreatedApiKey OldKey { get; private set; } = null!;

    /// <summary>The file from which programs read the key.</summary>
    public string SinkPath { get; }

    public FileApiKeyRotationStore Store { get; }

    public List<ApiKeyRotationProgress> Progress { get; } = [];

    /// <summary>Options without an overlap, with one file as the sink, that record all progress.</summary>
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

    /// <summary>The keys of the service, newest first, without those of the emulator itself.</summary>
    public async Task<List<ApiKeyInfo>> ListKeysAsync() =>
        (await Admin.ListKeys(CallStyle.Async)).Where(key => key.Name?.StartsWith("emulator ", StringComparison.Ordinal) != true).ToList();

    public async Task<List<ApiKeyInfo>> ListActiveKeysAsync() =>
        (await ListKeysAsync()).Where(key => key.Status == ApiKeyStatus.Active).ToList();

    /// <summary>Asserts that the deployed key is accepted.</summary>
    public async Task AssertDeployedKeyWorksAsync() => await CreateClient($"file:{SinkPath}").Me.GetAsync(Token);

    /// <summary>Asserts that one active key, the deployed one, replaces the old one.</summary>
    public async Task<ApiKeyInfo> AssertReplacedAsync()
    {
        var active = Assert.Single(await ListActiveKeysAsync());
        Assert.NotEqual(OldKey.Id, active.Id);
        Assert.Equal(active.Id, (await CreateClient($"file:{SinkPath}").Me.GetAsync(Token)).Key!.Id);
        return active;
    }

    /// <summary>Makes the verification of the next new key fail, and then the listing of keys that the cleanup needs.</summary>
    public void FailVerificationAndCleanup()
    {
        Emulator.Faults.Enqueue("/me", EmulatorFault.Delay(TimeSpan.Zero));
        Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(403));
        Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), method: "POST");
        Emulator.Faults.Enqueue("/keys", EmulatorFault.Delay(TimeSpan.Zero), 2, "GET");
        Emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(500), 10, "GET");
    }

    /// <summary>Asserts that the old key is the only active one and is still deployed.</summary>
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
