using System.Globalization;
using NodeData.Emulator;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>Tests that run the scripts of docs/edge.md unchanged; the client then calls the service with the provisioned key.</summary>
public sealed class ProvisioningTests
{
    private const string Index = "0x01500016";
    private const string Sealed = "0x81010001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_index_is_written_once_and_provides_the_key_for_sync_and_async_calls_even_after_a_restart()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);

        var output = await ProvisionAsync(tpm, "provision-index.sh", emulator.TestKey.Reveal() + "\n", Index);

        Assert.Equal($"{Index} holds the key and is permanently locked.\n", output);
        await CallAsync(tpm, emulator, $"tpm:{Index}");
        await tpm.RestartAsync();
        await CallAsync(tpm, emulator, $"tpm:{Index}");
    }

    [Fact]
    public async Task A_second_key_cannot_be_written_to_an_index_by_the_script_or_by_tpm2_nvwrite_even_after_a_restart()
    {
        await using var tpm = await Swtpm.StartAsync();
        await ProvisionAsync(tpm, "provision-index.sh", Swtpm.Key, Index);
        var other = Swtpm.Key.Replace('a', 'z');

        var again = await EdgePage.RunAsync(tpm, "provision-index.sh", other, [Index]);
        await tpm.RestartAsync();
        var direct = await Command.RunAsync("tpm2_nvwrite", [Index, "-C", "o", "-i", "-"], tpm.Environment, other);

        Assert.NotEqual(0, again.ExitCode);
        Assert.NotEqual(0, direct.ExitCode);
        Assert.Contains("0x148", direct.Output, StringComparison.Ordinal);
        using var resolver = tpm.CreateResolver();
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task With_an_owner_password_only_the_owner_can_replace_an_index()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.RunToolAsync("tpm2_changeauth -c owner owners-own");
        var owner = new Dictionary<string, string> { ["OWNER_PASSWORD"] = "owners-own" };

        await ProvisionAsync(tpm, "provision-index.sh", Swtpm.Key, [Index], owner);
        await ProvisionAsync(tpm, "provision-sealed.sh", Swtpm.Key, [Sealed, Swtpm.Password], owner);

        Assert.NotEqual(0, (await Command.RunAsync("tpm2_nvundefine", [Index, "-C", "o"], tpm.Environment)).ExitCode);
        using var resolver = tpm.CreateResolver(options => options.Authorization = Swtpm.Password);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Sealed, Token));
    }

    [Fact]
    public async Task An_index_with_a_password_is_read_with_it()
    {
        await using var tpm = await Swtpm.StartAsync();
        var password = tpm.CreateFile(Swtpm.Password);

        await ProvisionAsync(tpm, "provision-index.sh", Swtpm.Key, Index, $"file:{password}");

        using var resolver = tpm.CreateResolver(options => options.Authorization = $"file:{password}");
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
        using var without = tpm.CreateResolver();
        Assert.Contains("requires an authorization value, and none is set", await without.GetErrorAsync(Index), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sealed_object_provides_the_key_and_can_be_replaced_under_its_handle()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var password = tpm.CreateFile(Swtpm.Password);
        await ProvisionAsync(tpm, "provision-sealed.sh", emulator.TestKey.Reveal(), Sealed, $"file:{password}");

        await CallAsync(tpm, emulator, $"tpm:{Sealed}", $"file:{password}");
        await tpm.RestartAsync();
        await CallAsync(tpm, emulator, $"tpm:{Sealed}", $"file:{password}");

        using var resolver = tpm.CreateResolver(options =>
        {
            options.Authorization = $"file:{password}";
            options.KeepLockedIndexes = true; // applies to indexes only
        });
        Assert.Equal(emulator.TestKey.Reveal(), await resolver.ResolveAsync(Sealed, Token));
        await tpm.RunToolAsync($"tpm2_evictcontrol -Q -C o -c {Sealed}");
        await ProvisionAsync(tpm, "provision-sealed.sh", Swtpm.Key, Sealed, $"file:{password}");
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Sealed, Token));
    }

    [Fact]
    public async Task A_new_index_replaces_the_old_one()
    {
        await using var tpm = await Swtpm.StartAsync();
        const string NewIndex = "0x01500017";
        var newKey = Swtpm.Key.Replace('a', 'z');
        await ProvisionAsync(tpm, "provision-index.sh", Swtpm.Key, Index);
        using var resolver = tpm.CreateResolver();

        await ProvisionAsync(tpm, "provision-index.sh", newKey, NewIndex);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
        Assert.Equal(newKey, await resolver.ResolveAsync(NewIndex, Token));

        await tpm.RunToolAsync($"tpm2_nvundefine {Index} -C o");
        Assert.Contains("the TPM contains nothing at 0x01500016", await resolver.GetErrorAsync(Index), StringComparison.Ordinal);
        Assert.Equal(newKey, await resolver.ResolveAsync(NewIndex, Token));
    }

    private static async Task CallAsync(Swtpm tpm, NodeDataEmulator emulator, string reference, string? authorization = null)
    {
        using var resolver = tpm.CreateResolver(options => options.Authorization = authorization is null ? null : new(authorization));
        var options = new NodeClientOptions
        {
            ApiKey = reference,
            BaseAddress = emulator.BaseAddress,
            SecretResolvers = { resolver },
        };
        using var node = new NodeClient(options);

        var account = await node.Me.GetAsync(Token);
        Assert.Equal(account.Id, node.Me.Get(Token).Id);
        Assert.Equal(KeyMode.Test, node.Mode);
    }

    private static Task<string> ProvisionAsync(Swtpm tpm, string script, string key, params string[] arguments) =>
        ProvisionAsync(tpm, script, key, arguments, []);

    private static async Task<string> ProvisionAsync(
        Swtpm tpm,
        string script,
        string key,
        string[] arguments,
        Dictionary<string, string> environment
    )
    {
        var run = await EdgePage.RunAsync(tpm, script, key, arguments, environment);
        Assert.True(
            run.ExitCode == 0,
            string.Create(CultureInfo.InvariantCulture, $"{script} exited with code {run.ExitCode}:\n{run.Output}")
        );
        Assert.DoesNotContain(key.Trim(), run.Output, StringComparison.Ordinal);
        return run.Output;
    }
}
