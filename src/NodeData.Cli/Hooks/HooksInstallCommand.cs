using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Puts the scan before each commit.</summary>
internal sealed class HooksInstallCommand(Terminal terminal)
    : NodeDataCommand("install", "Scan what is staged before each commit", terminal)
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var hook = PreCommitHook.Find(invocation.Terminal.Folder);
        hook.Install();
        if (hook.IsShared)
        {
            invocation.Terminal.Error.WriteLine(
                PlainText.Sanitize(
                    $"node-data: {hook.FilePath} is the hook of every repository: core.hooksPath stands in your own configuration or the machine's."
                )
            );
        }

        return Task.FromResult(HookReport.Write(invocation, hook));
    }
}
