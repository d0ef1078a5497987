using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Every key of the mode in use, newest first.</summary>
internal sealed class KeysListCommand(Terminal terminal)
    : NodeDataCommand("list", "List the keys of the mode in use, newest first", terminal)
{
    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.OpenClient();
        var keys = new List<ApiKeyInfo>();
        await foreach (var key in node.Keys.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.Add(key);
        }

        if (invocation.IsJson)
        {
            invocation.WriteJson([.. keys.Select(KeyShape.Of)], KeysJson.Indented.IReadOnlyListKeyShape);
            return ExitCode.Ok;
        }

        var listing = new Listing("ID", "NAME", "MODE", "STATUS", "HINT", "SCOPES", "EXPIRES", "LAST USED");
        foreach (var key in keys)
        {
            listing.Add(
                key.Id,
                key.Name,
                ModeText.Of(key.Mode, key.ModeText),
                KeyText.Status(key),
                key.Hint,
                ScopesText.Of(key.Scopes),
                key.ExpiresAt,
                key.LastUsedAt
            );
        }

        listing.Write(invocation.Terminal, "There are no keys.");
        return ExitCode.Ok;
    }
}
