using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Sinks;

/// <summary>Runs the real vercel against a fake of its service, if eng/test.sh installed it, and a program that records its arguments.</summary>
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
        await using var vercel = new FakeVercel();
        using var tool = Real(emulator, vercel);
        tool.Variables["VERCEL_ORG_ID"] = FakeVercel.Team;

        var made = (
            await tool.RunAsync("keys", "create", "--name", "shop", "--to", $"vercel:{FakeVercel.Project}#NODE_KEY@{environment}", "--json")
        ).RequireExitCode(0);

        var added = Assert.Single(vercel.Added);
        Assert.Equal("NODE_KEY", added.GetProperty("key").GetString());
        Assert.Equal(type, added.GetProperty("type").GetString());
        Assert.Equal(environment, Assert.Single(added.GetProperty("target").EnumerateArray()).GetString());
        Assert.Equal(
            made.Json.GetProperty("id").GetString(),
            await Doubles.Keys.GetIdAsync(emulator, added.GetProperty("value").GetString()!)
        );
    }

    [Fact]
    public async Task A_failed_check_of_the_real_vercel_prevents_creating_a_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var vercel = new FakeVercel();
        using var tool = Real(emulator, vercel);
        tool.Variables["VERCEL_ORG_ID"] = FakeVercel.Team;

        var result = await tool.RunAsync("keys", "create", "--name", "shop", "--to", "vercel:other#NODE_KEY@production");

        result.RequireExitCode(2).RequireError("Project not found", "vercel whoami");
        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task The_team_comes_from_the_linked_folder_and_the_secret_is_only_on_standard_input()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        SinkTool.AddProgram(tool, "vercel", "echo \"$VERCEL_ORG_ID $VERCEL_PROJECT_ID $*\" >> \"$HOME/arguments\"\ncat >> \"$HOME/read\"");
        string[] create = ["keys", "create", "--name", "shop", "--to", "vercel:shop#NODE_KEY@production"];

        (await tool.RunAsync(create)).RequireExitCode(2).RequireError("VERCEL_ORG_ID", "vercel link");
        Directory.CreateDirectory(tool.GetPath(".vercel"));
        await File.WriteAllTextAsync(tool.GetPath(".vercel/project.json"), """{"projectId":"prj_2","orgId":"team_linked"}""", Token);
        (await tool.RunAsync(create)).RequireExitCode(0);

        var arguments = await File.ReadAllLinesAsync(Path.Combine(tool.Home, "arguments"), Token);
        Assert.Equal(["team_linked shop env ls production", "team_linked shop env add NODE_KEY production --sensitive --force"], arguments);
        Assert.NotNull(await Doubles.Keys.GetIdAsync(emulator, await File.ReadAllTextAsync(Path.Combine(tool.Home, "read"), Token)));
    }

    [Theory]
    [InlineData("vercel:shop#KEY")]
    [InlineData("vercel:shop@production")]
    [InlineData("vercel:--scope#KEY@production")]
    public async Task An_invalid_variable_is_rejected(string sink)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "shop", "--to", sink))
            .RequireExitCode(2)
            .RequireError("vercel:PROJECT#NAME@ENVIRONMENT");

        Assert.Empty(emulator.Requests);
    }

    private static Tool Real(NodeDataEmulator emulator, FakeVercel vercel)
    {
        var isInstalled = File.Exists(RealTool);
        Assert.SkipUnless(
            isInstalled || Environment.GetEnvironmentVariable("CI") == "true",
            "vercel is not installed: eng/test.sh installs it with npm."
        );
        Assert.True(isInstalled, "vercel is not installed, and CI does not skip tests. eng/test.sh installs it.");
        var tool = Tool.For(emulator);
        tool.Variables["VERCEL_TELEMETRY_DISABLED"] = "1";
        SinkTool.AddProgram(tool, "vercel", $"exec '{RealTool}' --api {vercel.Address} --token {FakeVercel.Token} \"$@\"");
        return tool;
    }
}
