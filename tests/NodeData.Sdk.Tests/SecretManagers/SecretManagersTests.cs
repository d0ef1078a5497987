#if NET10_0_OR_GREATER
using System.Runtime.Versioning;
using System.Text;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>The commands of docs/ci.md, run with the real gh and aws.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretManagersTests
{
    private static readonly string[] Revoking = CiPage.Commands("GitHub Actions", "Rotate");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_stored_in_GitHub_Actions_and_rotated_there()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var gitHub = new GitHubStandIn();
        using var job = new CiJob(emulator, gitHub: gitHub.Address);
        var store = CiPage.Commands("GitHub Actions", "Store");

        var oldId = IdIn(await job.MakeKeyAndAsync(store));
        var oldSecret = job.LastSecret;
        Assert.Equal(("NODE_DATA_API_KEY", oldSecret), Text(Assert.Single(gitHub.Stored)));
        Assert.Equal(oldId, await KeyIdOfAsync(emulator, oldSecret));

        var newId = IdIn(await job.MakeKeyAndAsync(store));
        Assert.Equal(("NODE_DATA_API_KEY", job.LastSecret), Text(gitHub.Stored[^1]));
        Assert.NotEqual(oldSecret, job.LastSecret);
        Assert.Equal(oldId, await KeyIdOfAsync(emulator, oldSecret));

        await RevokeAsync(job, oldId);
        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => KeyIdOfAsync(emulator, oldSecret));
        Assert.Equal(newId, await KeyIdOfAsync(emulator, job.LastSecret));
        AssertNoSecretIn(job.Arguments, emulator, oldSecret, job.LastSecret);
    }

    [Fact]
    public async Task A_key_is_created_in_AWS_Secrets_Manager_read_as_a_file_and_rotated_under_a_running_client()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var aws = new SecretsManagerStandIn();
        using var job = new CiJob(emulator, aws: aws.Address);
        string[] read = [.. CiPage.Commands("AWS Secrets Manager", "Read"), "echo \"$NODE_DATA_API_KEY\"\n"];
        var rotate = CiPage.Commands("AWS Secrets Manager", "Rotate");

        var oldId = IdIn(await job.MakeKeyAndAsync(CiPage.Commands("AWS Secrets Manager", "Create")));
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

        await job.MakeKeyAndAsync(rotate[0]);
        Assert.Equal((job.LastSecret, oldSecret), (aws.Current, aws.Previous));
        await job.RunAsync(read);
        Assert.Equal(await KeyIdOfAsync(emulator, job.LastSecret), (await node.Me.GetAsync(Token)).Key!.Id);

        await job.RunAsync(rotate[1]);
        Assert.Equal(oldSecret, aws.Current);
        await job.RunAsync(rotate[1]);
        Assert.Equal(job.LastSecret, aws.Current);

        await RevokeAsync(job, oldId);
        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => KeyIdOfAsync(emulator, oldSecret));
        await node.Me.GetAsync(Token);
        AssertNoSecretIn(job.Arguments, emulator, oldSecret, job.LastSecret);
    }

    [Fact]
    public async Task The_stand_ins_refuse_what_the_services_would()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var gitHub = new GitHubStandIn();
        await using var aws = new SecretsManagerStandIn();
        using var job = new CiJob(emulator, gitHub.Address, aws.Address);
        string[] create = [.. CiPage.Commands("Make a key"), .. CiPage.Commands("AWS Secrets Manager", "Create")];
        string[] store = [.. CiPage.Commands("Make a key"), .. CiPage.Commands("GitHub Actions", "Store")];

        await job.RunAsync(create, new() { ["AWS_SECRET_ACCESS_KEY"] = "another" }, succeeds: false);
        await job.RunAsync(CiPage.Commands("AWS Secrets Manager", "Read"), [], succeeds: false);
        await job.RunAsync(store, new() { ["GH_TOKEN"] = "ghp_another" }, succeeds: false);

        Assert.Null(aws.Current);
        Assert.Empty(gitHub.Stored);
    }

    private static async Task RevokeAsync(CiJob job, string id)
    {
        var output = await job.RunAsync(
            [CiPage.Commands("Make a key")[0].Split("new=")[0], .. Revoking],
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

    // The last line of a block that stores a key: its id and its hint.
    private static string IdIn(string output) => output.TrimEnd().Split('\n')[^1].Split(' ')[0];

    private static (string Name, string Value) Text((string Name, byte[] Value) stored) =>
        (stored.Name, Encoding.Latin1.GetString(stored.Value));

    private static async Task<string?> KeyIdOfAsync(NodeDataEmulator emulator, string secret)
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
