using System.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.CommandLine;

/// <summary>Base class of the commands that have an action. The options are fields; <see cref="RunAsync"/> is the action.</summary>
internal abstract class NodeDataCommand : Command
{
    protected NodeDataCommand(string name, string description, Terminal terminal)
        : base(name, description) =>
        SetAction(
            async (parsed, cancellationToken) =>
                (int)await RunAsync(new Invocation(parsed, terminal), cancellationToken).ConfigureAwait(false)
        );

    protected abstract Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken);
}
