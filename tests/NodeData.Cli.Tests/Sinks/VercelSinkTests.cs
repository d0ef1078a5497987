using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Sinks;

/// <summary>With the real vercel against a stand-in for its service, where eng/test.sh could install it; and with a program that records what it is told.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class VercelSinkTests
{
    private static readonly string RealTool = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".cache/nodedata-tests/vercel-44/node_modules/.bin/vercel"
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("production", "sensitive")]
    [InlineData("preview", "sensitive")]
    [InlineData("development", "encrypted")]
    public async Task The_real_vercel_replaces_the_variable_with_the_new_key(string environment, string type)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var vercel = new VercelStandIn();
        using var tool = Real(emulator, vercel);
        tool.Variables["VERCEL_ORG_ID"] = VercelStandIn.Team;

        var made = (
            await tool.RunAsync(
                "keys",
                "create",
                "--name",
                "shop",
                "--to",
                $"vercel:{VercelStandIn.Project}#NODE_KEY@{environment}",
                "--json"
            )
        ).Requires(0);

        var added = Assert.Single(vercel.Added);
        Assert.Equal("NODE_KEY", added.GetProperty("key").GetString());
        Assert.Equal(type, added.GetProperty("type").GetString());
        Assert.Equal(environment, Assert.Single(added.GetProperty("target").EnumerateArray()).GetString());
        Assert.Equal(
            made.Json.GetProperty("id").GetString(),
            await Doubles.Keys.IdOfAsync(emulator, added.GetProperty("value").GetString()!)
        );
    }

    [Fact]
    public async Task What_the_real_vercel_may_not_do_is_found_before_there_is_a_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var vercel = new VercelStandIn();
        using var tool = Real(emulator, vercel);
        tool.Variables["VERCEL_ORG_ID"] = VercelStandIn.Team;

        var result = await tool.RunAsync("keys", "create", "--name", "shop", "--to", "vercel:other#NODE_KEY@production");

        result.Requires(2).Says("Project not found", "vercel whoami");
        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task The_team_is_that_of_the_linked_folder_and_the_secret_is_on_standard_input_alone()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        SinkTool.AddProgram(tool, "vercel", "echo \"$VERCEL_ORG_ID $VERCEL_PROJECT_ID $*\" >> \"$HOME/told\"\ncat >> \"$HOME/read\"");
        string[] create = ["keys", "create", "--name", "shop", "--to", "vercel:shop#NODE_KEY@production"];

        (await tool.RunAsync(create)).Requires(2).Says("VERCEL_ORG_ID", "vercel link");
        Directory.CreateDirectory(tool.PathOf(".vercel"));
        await File.WriteAllTextAsync(tool.PathOf(".vercel/project.json"), """{"projectId":"prj_2","orgId":"team_linked"}""", Token);
        (await tool.RunAsync(create)).Requires(0);

        var told = await File.ReadAllLinesAsync(Path.Combine(tool.Home, "told"), Token);
        Assert.Equal(["team_linked shop env ls production", "team_linked shop env add NODE_KEY production --sensitive --force"], told);
        Assert.NotNull(await Doubles.Keys.IdOfAsync(emulator, await File.ReadAllTextAsync(Path.Combine(tool.Home, "read"), Token)));
    }

    [Theory]
    [InlineData("vercel:shop#KEY")]
    [InlineData("vercel:shop@production")]
    [InlineData("vercel:--scope#KEY@production")]
    public async Task What_names_no_variable_is_refused(string sink)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "shop", "--to", sink)).Requires(2).Says("vercel:PROJECT#NAME@ENVIRONMENT");

        Assert.Empty(emulator.Requests);
    }

    private static Tool Real(NodeDataEmulator emulator, VercelStandIn vercel)
    {
        var isThere = File.Exists(RealTool);
        Assert.SkipUnless(
            isThere || Environment.GetEnvironmentVariable("CI") == "true",
            "vercel is not there: eng/test.sh installs it with npm."
        );
        Assert.True(isThere, "vercel is not there, and in CI nothing is skipped. eng/test.sh installs it.");
        var tool = Tool.For(emulator);
        tool.Variables["VERCEL_TELEMETRY_DISABLED"] = "1";
        SinkTool.AddProgram(tool, "vercel", $"exec '{RealTool}' --api {vercel.Address} --token {VercelStandIn.Token} \"$@\"");
        return tool;
    }
}
