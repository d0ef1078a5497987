using NodeData.Cli.Failures;
using NodeData.Cli.Hooks;
using NodeData.Cli.Output;

namespace NodeData.Cli.Doctor;

/// <summary>Whether the scan stands before each commit.</summary>
internal static class HookCheck
{
    private const string Check = "hook";

    public static Finding Look(Terminal terminal)
    {
        try
        {
            var hook = PreCommitHook.Of(terminal.Folder);
            return hook.WhyNot() is not { } reason ? Finding.Good(Check, $"{hook.FilePath} stops a commit with a secret")
                : hook.IsInstalled ? Finding.Problem(Check, $"{hook.FilePath} does not stop a secret", reason)
                : Finding.Warning(Check, "nothing looks for secrets before a commit", "node-data hooks install");
        }
        catch (CommandFailedException none)
        {
            return Finding.Note(Check, none.Message);
        }
    }
}
