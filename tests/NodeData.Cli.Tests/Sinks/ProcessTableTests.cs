using System.Runtime.Versioning;
using System.Text;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk.Tests.SecretManagers;
using NodeData.Sdk.Tpm.Tests.Doubles;
using NodeData.TestKit;

namespace NodeData.Cli.Tests.Sinks;

[UnsupportedOSPlatform("windows")]
public sealed class ProcessTableTests
{
    private static readonly string[] TpmTools = ["tpm2_nvreadpublic", "tpm2_nvdefine", "tpm2_nvwrite", "tpm2_nvwritelock", "tpm2_nvread"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_process_has_the_secret_in_its_arguments_or_environment_while_every_sink_gets_it()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var gitHub = new FakeGitHub();
        await using var aws = new FakeSecretsManager();
        using var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_TPM"] = tpm.Address;
        tool.Variables["VERCEL_ORG_ID"] = "team_octo";
        tool.Variables["ANOTHER_KEY"] = emulator.LiveKey.Reveal();
        SinkTool.Configure(tool, gitHub);
        SinkTool.Configure(tool, aws);
        await using var table = await ProcessTable.StartAsync(tool);
        table.Add("git", $"exec {RequiredProgram.GetPath("git")} \"$@\"");
        table.Add("gh", $"exec {RequiredProgram.GetPath("gh")} \"$@\"");
        table.Add("aws", SinkTool.GetCommand(aws));
        table.Add("vercel", "cat > \"$HOME/vercel\"");
        Array.ForEach(TpmTools, name => table.Add(name, $"exec /usr/bin/{name} \"$@\""));
        SinkTool.AddProgram(tool, "tpm2_nvundefine", "exit 1");

        string[] sinks =
        [
            "file:key",
            "env-local",
            "github:octo/shop#KEY",
            $"aws:{FakeSecretsManager.Name}",
            "vercel:shop#KEY@production",
            "tpm:0x01500016",
        ];
        (
            await tool.RunAsync(["keys", "create", "--name", "everywhere", .. sinks.SelectMany(sink => new[] { "--to", sink })])
        ).RequireExitCode(0);

        var secret = (await File.ReadAllTextAsync(tool.GetPath("key"), Token)).Trim();
        Assert.NotNull(await Doubles.Keys.GetIdAsync(emulator, secret));
        Assert.Equal(secret, Encoding.ASCII.GetString(Assert.Single(gitHub.Stored).Value));
        Assert.Equal(secret, aws.Current);
        Assert.Equal(secret, await File.ReadAllTextAsync(Path.Combine(tool.Home, "vercel"), Token));
        Assert.Contains(secret, await File.ReadAllTextAsync(tool.GetPath(".env.local"), Token), StringComparison.Ordinal);
        foreach (var program in TpmTools.Concat(["git", "gh", "aws", "vercel"]))
        {
            var seen = await table.GetRecordsAsync(program);
            Assert.NotEmpty(seen);
            // Neither the key in use nor a key in any other variable is visible.
            Assert.All(seen, process => Assert.DoesNotMatch("nd_(test|live)_", process.Arguments + process.Environment));
        }

        Assert.All(
            table.Records,
            process => Assert.DoesNotContain(secret, process.Arguments + process.Environment, StringComparison.Ordinal)
        );
    }
}
