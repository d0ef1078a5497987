using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Removes the scan from the pre-commit hook.</summary>
internal sealed class HooksUninstallCommand(Terminal terminal)
    : NodeDataCommand("uninstall", "Remove the scan from the pre-commit hook and restore the previous hook", terminal)
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var hook = PreCommitHook.Find(invocation.Terminal.Folder);
        var wasInstalled = hook.Uninstall();
        if (invocation.IsJson)
        {
            invocation.WriteJson(
                new HookShape(hook.FilePath, Installed: false, Effective: false, Reason: null),
                HooksJson.Indented.HookShape
            );
        }
        else
        {
            invocation.Terminal.Out.WriteLine(
                PlainText.Sanitize(wasInstalled ? $"Removed the scan from {hook.FilePath}." : $"There is no scan in {hook.FilePath}.")
            );
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
