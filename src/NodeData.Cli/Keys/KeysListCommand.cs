using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Lists the keys in the mode of the key that the command uses, newest first.</summary>
internal sealed class KeysListCommand : NodeDataCommand
{
    private readonly Option<string?> _status = new("--status")
    {
        Description = "List only keys with this status: active, expired or revoked",
        HelpName = "STATUS",
    };

    public KeysListCommand(Terminal terminal)
        : base("list", "List the API keys in the mode of the key that the command uses, newest first", terminal)
    {
        _status.AcceptOnlyFromAmong(ApiKeyStatus.Active.Value, ApiKeyStatus.Expired.Value, ApiKeyStatus.Revoked.Value);
        Add(_status);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.CreateClient();
        var status = invocation.Get(_status);
        var keys = new List<ApiKeyInfo>();
        await foreach (var key in node.Keys.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (status is null || key.Status?.Value == status)
            {
                keys.Add(key);
            }
        }

        if (invocation.IsJson)
        {
            invocation.WriteJson([.. keys.Select(KeyShape.From)], KeysJson.Indented.IReadOnlyListKeyShape);
        }
        else if (invocation.Terminal.IsOutputTerminal)
        {
            KeysTable.Write(invocation.Terminal, keys);
        }
        else
        {
            CreateListing(keys).Write(invocation.Terminal, "");
        }

        return ExitCode.Ok;
    }

    // For programs: every column, never truncated.
    private static Listing CreateListing(List<ApiKeyInfo> keys)
    {
        var listing = new Listing();
        foreach (var key in keys)
        {
            listing.Add(
                key.Id,
                key.Name,
                ModeText.Format(key.Mode, key.RawMode),
                KeyText.FormatStatus(key),
                key.Hint,
                ScopesText.Format(key.Scopes),
                key.ExpiresAt,
                key.LastUsedAt
            );
        }

        return listing;
    }
}
