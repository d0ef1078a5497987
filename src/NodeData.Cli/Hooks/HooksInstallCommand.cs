using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Installs the scan as a pre-commit hook.</summary>
internal sealed class HooksInstallCommand(Terminal terminal)
    : NodeDataCommand("install", "Install the pre-commit hook that scans staged changes", terminal)
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var hook = PreCommitHook.Find(invocation.Terminal.Folder);
        hook.Install();
        if (hook.IsShared)
        {
            invocation.Terminal.Error.WriteLine(
                PlainText.Sanitize(
                    $"node-data: {hook.FilePath} is the hook of every repository: core.hooksPath is set in the global or system configuration of git."
                )
            );
        }

        return Task.FromResult(HookReport.Write(invocation, hook));
    }
}
