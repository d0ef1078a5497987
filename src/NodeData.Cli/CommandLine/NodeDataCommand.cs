using System.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.CommandLine;

/// <summary>A command that does something: its options are its fields, and what it does is one method.</summary>
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
