using System.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>The commands under <c>hooks</c>.</summary>
internal static class HooksCommands
{
    public static Command Create(Terminal terminal) =>
        new("hooks", "Scan staged changes before each commit")
        {
            new HooksInstallCommand(terminal),
            new HooksStatusCommand(terminal),
            new HooksUninstallCommand(terminal),
        };
}
