using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Takes the scan out again.</summary>
internal sealed class HooksUninstallCommand(Terminal terminal)
    : NodeDataCommand("uninstall", "Take the scan out, and leave what was there before", terminal)
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var hook = PreCommitHook.Of(invocation.Terminal.Folder);
        var wasIn = hook.Uninstall();
        if (invocation.IsJson)
        {
            invocation.WriteJson(new HookShape(hook.FilePath, Installed: false, Fires: false, Reason: null), HooksJson.Indented.HookShape);
        }
        else
        {
            invocation.Terminal.Out.WriteLine(
                PlainText.Of(wasIn ? $"The scan is out of {hook.FilePath}." : $"There was no scan in {hook.FilePath}.")
            );
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
