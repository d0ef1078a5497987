using System.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Emulation;

/// <summary>Creates the <c>emulator</c> command and its <c>exec</c> subcommand.</summary>
internal static class EmulatorCommands
{
    public static Command Create(Terminal terminal) => new EmulatorCommand(terminal) { new EmulatorExecCommand(terminal) };
}
