using System.CommandLine;
using NodeData.Cli.Keys.Rotation;
using NodeData.Cli.Output;

namespace NodeData.Cli.Keys;

/// <summary>The commands under <c>keys</c>.</summary>
internal static class KeysCommands
{
    public static Command Create(Terminal terminal) =>
        new("keys", "Create, list, rotate and revoke API keys")
        {
            new KeysCreateCommand(terminal),
            new KeysListCommand(terminal),
            new KeysGetCommand(terminal),
            new KeysRevokeCommand(terminal),
            new KeysRotateCommand(terminal),
        };
}
