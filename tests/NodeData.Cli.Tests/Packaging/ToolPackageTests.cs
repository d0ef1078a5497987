using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Packaging;

/// <summary>Packs the tool, installs it with <c>dotnet tool install</c> from a folder, and runs the first command of the README.</summary>
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

    // Runs in the environment of the build, so that packages come from the sources of the repository.
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
            // A separate cache, so that an earlier package of the same version is not used.
            start.Environment["NUGET_PACKAGES"] = tool.GetPath("cache");
        }

        (await Tool.RunAsync(start, limit: TimeSpan.FromMinutes(20))).RequireExitCode(0);
    }
}
