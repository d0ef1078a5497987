using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Takes the scan out again.</summary>
internal sealed class HooksUninstallCommand(Terminal terminal)
    : NodeDataCommand("uninstall", "Take the scan out, and leave what was there before", terminal)
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var hook = PreCommitHook.Find(invocation.Terminal.Folder);
        var wasInstalled = hook.Uninstall();
        if (invocation.IsJson)
        {
            invocation.WriteJson(new HookShape(hook.FilePath, Installed: false, Fires: false, Reason: null), HooksJson.Indented.HookShape);
        }
        else
        {
            invocation.Terminal.Out.WriteLine(
                PlainText.Sanitize(wasInstalled ? $"The scan is out of {hook.FilePath}." : $"There was no scan in {hook.FilePath}.")
            );
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
