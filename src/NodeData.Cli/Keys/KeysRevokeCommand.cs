using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Revokes a key immediately and permanently, by its ID or by the key itself.</summary>
internal sealed class KeysRevokeCommand : NodeDataCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string> _id = new("ID")
    {
        Description = "ID of the key, key_…, or - to read the key itself from standard input",
    };
    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Skip the confirmation for a live key or the key that the command uses",
    };

    public KeysRevokeCommand(Terminal terminal)
        : base("revoke", "Revoke an API key immediately and permanently", terminal)
    {
        Add(_id);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.CreateClient();
        var id = invocation.Get(_id)!;
        var currentKeyId = (await node.Me.GetAsync(cancellationToken).ConfigureAwait(false)).Key?.Id;
        var revoked =
            id == StandardInput
                ? await RevokeKeyAsync(invocation, node, cancellationToken).ConfigureAwait(false)
                : await RevokeIdAsync(invocation, node, id, currentKeyId, cancellationToken).ConfigureAwait(false);
        KeyText.Write(invocation, revoked);
        await invocation
            .Terminal.Error.WriteLineAsync(
                $"node-data: {Describe(revoked)} is revoked."
                    + (revoked.Id == currentKeyId ? " It was the key that the command uses: node-data now needs another key." : "")
            )
            .ConfigureAwait(false);
        return ExitCode.Ok;
    }

    private static string Describe(ApiKeyInfo key) =>
        PlainText.Sanitize(string.Join(", ", new[] { $"The key {key.Id}", key.Hint, key.Name }.Where(part => !string.IsNullOrEmpty(part))));

    private async Task<ApiKeyInfo> RevokeKeyAsync(Invocation invocation, NodeClient node, CancellationToken cancellationToken)
    {
        var key = await KeyInput.ReadAsync(invocation.Terminal, cancellationToken).ConfigureAwait(false);
        if (key.Mode == KeyMode.Live && !invocation.Get(_yes))
        {
            await Confirmation
                .RequireAsync(invocation.Terminal, $"Revoke the live key {key.Hint} immediately and permanently?", cancellationToken)
                .ConfigureAwait(false);
        }

        return await node.Keys.RevokeAsync(key, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ApiKeyInfo> RevokeIdAsync(
        Invocation invocation,
        NodeClient node,
        string id,
        string? currentKeyId,
        CancellationToken cancellationToken
    )
    {
        var key = await node.Keys.GetAsync(id, cancellationToken).ConfigureAwait(false);
        var reason =
            key.Status == ApiKeyStatus.Revoked ? null
            : key.Id == currentKeyId ? "It is the key that the command uses."
            : key.Mode == KeyMode.Live ? "It is a live key."
            : null;
        if (reason is not null && !invocation.Get(_yes))
        {
            await Confirmation
                .RequireAsync(invocation.Terminal, $"{Describe(key)}: {reason} Revoke it immediately and permanently?", cancellationToken)
                .ConfigureAwait(false);
        }

        return await node.Keys.RevokeAsync(id, cancellationToken).ConfigureAwait(false);
    }
}
