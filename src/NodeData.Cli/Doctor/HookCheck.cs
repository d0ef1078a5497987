using NodeData.Cli.Failures;
using NodeData.Cli.Hooks;
using NodeData.Cli.Output;

namespace NodeData.Cli.Doctor;

/// <summary>Checks whether commits are scanned for secrets.</summary>
internal static class HookCheck
{
    private const string Check = "hook";

    public static Finding Run(Terminal terminal)
    {
        try
        {
            var hook = PreCommitHook.Find(terminal.Folder);
            return hook.GetFailureReason() is not { } reason ? Finding.Ok(Check, $"{hook.FilePath} blocks commits that contain secrets")
                : hook.IsInstalled ? Finding.Error(Check, $"{hook.FilePath} does not block commits that contain secrets", reason)
                : Finding.Warning(Check, "commits are not scanned for secrets", "node-data hooks install");
        }
        catch (CommandFailedException exception)
        {
            return Finding.Note(Check, exception.Message);
        }
    }
}
