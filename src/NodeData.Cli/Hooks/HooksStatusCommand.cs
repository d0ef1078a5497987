using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Shows whether the scan stands before each commit, and that it fires.</summary>
internal sealed class HooksStatusCommand(Terminal terminal)
    : NodeDataCommand("status", "Try the hook with a made-up key, apart from the index", terminal)
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        Task.FromResult(HookReport.Write(invocation, PreCommitHook.Find(invocation.Terminal.Folder)));
}
