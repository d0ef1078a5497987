using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Completion;

/// <summary>Prints a script with which a shell completes commands, options, scopes and other known values.</summary>
internal sealed class CompletionCommand : NodeDataCommand
{
    private readonly Argument<string> _shell = new("SHELL") { Description = "Shell, bash or zsh" };

    public CompletionCommand(Terminal terminal)
        : base("completion", "Print the completion script for a shell", terminal) => Add(_shell.AcceptOnlyFromAmong("bash", "zsh"));

    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var commands = CompletableCommand.GetAll(Root.Create(invocation.Terminal)).ToList();
        invocation.Terminal.Out.Write(
            invocation.Get(_shell) == "bash" ? BashCompletion.CreateScript(commands) : ZshCompletion.CreateScript(commands)
        );
        return Task.FromResult(ExitCode.Ok);
    }
}
