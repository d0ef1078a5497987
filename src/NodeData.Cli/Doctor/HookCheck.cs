using NodeData.Cli.Failures;
using NodeData.Cli.Hooks;
using NodeData.Cli.Output;

namespace NodeData.Cli.Doctor;

/// <summary>Whether the scan stands before each commit.</summary>
internal static class HookCheck
{
    private const string Check = "hook";

    public static Finding Run(Terminal terminal)
    {
        try
        {
            var hook = PreCommitHook.Find(terminal.Folder);
            return hook.GetFailureReason() is not { } reason ? Finding.Ok(Check, $"{hook.FilePath} stops a commit with a secret")
                : hook.IsInstalled ? Finding.Error(Check, $"{hook.FilePath} does not stop a secret", reason)
                : Finding.Warning(Check, "nothing looks for secrets before a commit", "node-data hooks install");
        }
        catch (CommandFailedException exception)
        {
            return Finding.Note(Check, exception.Message);
        }
    }
}
