using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Shows whether the hook is installed and blocks secrets.</summary>
internal sealed class HooksStatusCommand(Terminal terminal)
    : NodeDataCommand("status", "Test the hook with a generated key, without changing the index", terminal)
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        Task.FromResult(HookReport.Write(invocation, PreCommitHook.Find(invocation.Terminal.Folder)));
}
