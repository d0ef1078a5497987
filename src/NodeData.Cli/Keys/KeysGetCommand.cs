using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Keys;

/// <summary>Shows one key.</summary>
internal sealed class KeysGetCommand : NodeDataCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "ID of the key, key_…" };

    public KeysGetCommand(Terminal terminal)
        : base("get", "Show an API key", terminal) => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.CreateClient();
        var key = await node.Keys.GetAsync(invocation.Get(_id)!, cancellationToken).ConfigureAwait(false);
        KeyText.Write(invocation, key);
        return ExitCode.Ok;
    }
}
