using NodeData.Emulator;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>Rotates the key of a robot as docs/edge.md describes: started in one run and completed in a later one, with a new index.</summary>
public sealed class RotationContextTests : IDisposable
{
    private const string OldIndex = "0x01500016";
    private const string NewIndex = "0x01500017";

    private static readonly TimeSpan Overlap = TimeSpan.FromDays(14);

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Both_keys_work_during_the_overlap_and_only_the_new_one_afterwards()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var station = CreateClient(emulator, emulator.TestKey);
        var old = await station.Keys.CreateAsync(new CreateApiKeyOptions("robot-7") { Scopes = [ApiKeyScope.ModelsRead] }, Token);
        await ProvisionAsync(tpm, old, OldIndex);
        var options = new ApiKeyRotationOptions
        {
            Overlap = Overlap,
            Store = new FileApiKeyRotationStore(_directory),
            Deploy = (key, _) => ProvisionAsync(tpm, key, NewIndex),
        };

        var started = await station.Keys.StartKeyRotationAsync(old.Id, options, Token);
        await tpm.RestartAsync();

        using var resolver = tpm.CreateResolver();
        using var oldClient = CreateClient(emulator, $"tpm:{OldIndex}", resolver);
        using var newClient = CreateClient(emulator, $"tpm:{NewIndex}", resolver);
        Assert.Equal(old.Id, (await oldClient.Me.GetAsync(Token)).Key!.Id);
        Assert.Equal(started.NewKeyId, (await newClient.Me.GetAsync(Token)).Key!.Id);

        emulator.Clock.Advance(Overlap);
        var completed = await station.Keys.CompleteKeyRotationAsync(started.RotationId, options, Token);

        Assert.True(completed.IsCompleted);
        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => oldClient.Me.GetAsync(Token));
        Assert.Equal(started.NewKeyId, (await newClient.Me.GetAsync(Token)).Key!.Id);
    }

    private static async Task ProvisionAsync(Swtpm tpm, CreatedApiKey key, string index)
    {
        var run = await EdgePage.RunAsync(tpm, "provision-index.sh", key.Reveal(), [index]);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    private static NodeClient CreateClient(NodeDataEmulator emulator, SecretReference key, TpmSecretResolver? resolver = null)
    {
        var options = new NodeClientOptions
        {
            ApiKey = key,
            BaseAddress = emulator.BaseAddress,
            TimeProvider = emulator.Clock,
        };
        if (resolver is not null)
        {
            options.SecretResolvers.Add(resolver);
        }

        return new NodeClient(options);
    }
}
