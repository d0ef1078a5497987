#if NET10_0_OR_GREATER
using System.Runtime.Versioning;
using System.Text;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>Tests that run the commands of docs/ci.md with the real gh and aws.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretManagersTests
{
    private static readonly string[] RevokeCommands = CiPage.GetCommands("GitHub Actions", "Rotate");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_stored_in_GitHub_Actions_and_rotated_there()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var gitHub = new FakeGitHub();
        using var job = new CiJob(emulator, gitHub: gitHub.Address);
        var store = CiPage.GetCommands("GitHub Actions", "Store");

        var oldId = ParseId(await job.CreateKeyAndRunAsync(store));
        var oldSecret = job.LastSecret;
        Assert.Equal(("NODE_DATA_API_KEY", oldSecret), Decode(Assert.Single(gitHub.Stored)));
        Assert.Equal(oldId, await GetKeyIdAsync(emulator, oldSecret));

        var newId = ParseId(await job.CreateKeyAndRunAsync(store));
        Assert.Equal(("NODE_DATA_API_KEY", job.LastSecret), Decode(gitHub.Stored[^1]));
        Assert.NotEqual(oldSecret, job.LastSecret);
        Assert.Equal(oldId, await GetKeyIdAsync(emulator, oldSecret));

        await RevokeAsync(job, oldId);
        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => GetKeyIdAsync(emulator, oldSecret));
        Assert.Equal(newId, await GetKeyIdAsync(emulator, job.LastSecret));
        AssertNoSecretIn(job.Arguments, emulator, oldSecret, job.LastSecret);
    }

    [Fact]
    public async Task A_key_is_created_in_AWS_Secrets_Manager_read_as_a_file_and_rotated_while_a_client_runs()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var aws = new FakeSecretsManager();
        using var job = new CiJob(emulator, aws: aws.Address);
        string[] read = [.. CiPage.GetCommands("AWS Secrets Manager", "Read"), "echo \"$NODE_DATA_API_KEY\"\n"];
        var rotate = CiPage.GetCommands("AWS Secrets Manager", "Rotate");

        var oldId = ParseId(await job.CreateKeyAndRunAsync(CiPage.GetCommands("AWS Secrets Manager", "Create")));
        var oldSecret = job.LastSecret;
        Assert.Equal(oldSecret, aws.Current);

        var reference = (await job.RunAsync(read)).Trim();
        using var node = new NodeClient(
            new NodeClientOptions
            {
                ApiKey = reference,
                RequirePrivateFile = true,
                BaseAddress = emulator.BaseAddress,
                TimeProvider = emulator.Clock,
            }
        );
        Assert.Equal(oldId, (await node.Me.GetAsync(Token)).Key!.Id);

        await job.CreateKeyAndRunAsync(rotate[0]);
        Assert.Equal((job.LastSecret, oldSecret), (aws.Current, aws.Previous));
        await job.RunAsync(read);
        Assert.Equal(await GetKeyIdAsync(emulator, job.LastSecret), (await node.Me.GetAsync(Token)).Key!.Id);

        await job.RunAsync(rotate[1]);
        Assert.Equal(oldSecret, aws.Current);
        await job.RunAsync(rotate[1]);
        Assert.Equal(job.LastSecret, aws.Current);

        await RevokeAsync(job, oldId);
        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => GetKeyIdAsync(emulator, oldSecret));
        await node.Me.GetAsync(Token);
        AssertNoSecretIn(job.Arguments, emulator, oldSecret, job.LastSecret);
    }

    [Fact]
    public async Task The_fakes_reject_what_the_services_would()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var gitHub = new FakeGitHub();
        await using var aws = new FakeSecretsManager();
        using var job = new CiJob(emulator, gitHub.Address, aws.Address);
        string[] create = [.. CiPage.GetCommands("Create a key"), .. CiPage.GetCommands("AWS Secrets Manager", "Create")];
        string[] store = [.. CiPage.GetCommands("Create a key"), .. CiPage.GetCommands("GitHub Actions", "Store")];

        await job.RunAsync(create, new() { ["AWS_SECRET_ACCESS_KEY"] = "another" }, succeeds: false);
        await job.RunAsync(CiPage.GetCommands("AWS Secrets Manager", "Read"), [], succeeds: false);
        await job.RunAsync(store, new() { ["GH_TOKEN"] = "ghp_another" }, succeeds: false);

        Assert.Null(aws.Current);
        Assert.Empty(gitHub.Stored);
    }

    private static async Task RevokeAsync(CiJob job, string id)
    {
        var output = await job.RunAsync(
            [CiPage.GetCommands("Create a key")[0].Split("new=")[0], .. RevokeCommands],
            new() { ["OLD_KEY_ID"] = id },
            true
        );
        Assert.Matches(@"^last used: 20\d\d-[^\n]*\nrevoked\n$", output);
    }

    private static void AssertNoSecretIn(string arguments, NodeDataEmulator emulator, params string[] secrets)
    {
        Assert.Contains("--config", arguments, StringComparison.Ordinal);
        Assert.All([emulator.LiveKey.Reveal(), .. secrets], secret => Assert.DoesNotContain(secret, arguments, StringComparison.Ordinal));
    }

    // The last line of a block that stores a key contains its id and its hint.
    private static string ParseId(string output) => output.TrimEnd().Split('\n')[^1].Split(' ')[0];

    private static (string Name, string Value) Decode((string Name, byte[] Value) stored) =>
        (stored.Name, Encoding.Latin1.GetString(stored.Value));

    private static async Task<string?> GetKeyIdAsync(NodeDataEmulator emulator, string secret)
    {
        using var node = new NodeClient(
            new NodeClientOptions
            {
                ApiKey = secret,
                BaseAddress = emulator.BaseAddress,
                TimeProvider = emulator.Clock,
            }
        );
        return (await node.Me.GetAsync(Token)).Key!.Id;
    }
}
#endif
