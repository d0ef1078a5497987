using System.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Emulation;

/// <summary>The emulator, on its own and around another program.</summary>
internal static class EmulatorCommands
{
    public static Command Create(Terminal terminal) => new EmulatorCommand(terminal) { new EmulatorExecCommand(terminal) };
}
