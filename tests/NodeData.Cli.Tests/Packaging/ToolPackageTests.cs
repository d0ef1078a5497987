using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Packaging;

/// <summary>The tool as its users get it: packed, installed with <c>dotnet tool install</c> from a folder, and run with the README's first command.</summary>
public sealed class ToolPackageTests
{
    [Fact]
    public async Task A_packed_tool_installs_and_runs()
    {
        using var tool = new Tool();
        var project = Path.Combine(NodeData.Sdk.Tpm.Tests.Doubles.Command.RepositoryRoot, "src/NodeData.Cli");

        await RunSuccessfullyAsync(tool, $"dotnet pack {project} --nologo -m:1 -c Release --artifacts-path build --output packages");
        await RunSuccessfullyAsync(tool, "dotnet tool install NodeData.Cli --version 0.1.0 --tool-path tools --source packages");

        var installed = tool.GetPath("tools/node-data");
        var account = (await tool.RunProgramAsync(installed, "emulator", "exec", "--", installed, "me", "--json")).RequireExitCode(0).Json;
        Assert.Equal("usr_emulator", account.GetProperty("id").GetString());
    }

    // In the environment of whoever builds: packages come from where they come from for the rest of the repository.
    private static async Task RunSuccessfullyAsync(Tool tool, string command)
    {
        var words = command.Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = tool.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (words[1] == "tool")
        {
            // A cache of its own, so that no earlier package of the same version is taken for this one.
            start.Environment["NUGET_PACKAGES"] = tool.GetPath("cache");
        }

        (await Tool.RunAsync(start, limit: TimeSpan.FromMinutes(20))).RequireExitCode(0);
    }
}
