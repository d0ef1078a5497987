using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Revokes a key at once and for good, by its id or by itself.</summary>
internal sealed class KeysRevokeCommand : NodeDataCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string> _id = new("ID")
    {
        Description = "The key's id, key_…, or - to read the key itself from standard input",
    };
    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Do not ask, in a terminal, whether a live key or the key in use may go",
    };

    public KeysRevokeCommand(Terminal terminal)
        : base("revoke", "Revoke a key at once and for good", terminal)
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
                    + (revoked.Id == currentKeyId ? " It was the key in use: node-data needs another from now on." : "")
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
                .RequireAsync(invocation.Terminal, $"Revoke the live key {key.Hint} at once and for good?", cancellationToken)
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
            : key.Id == currentKeyId ? "It is the key in use."
            : key.Mode == KeyMode.Live ? "It is a live key."
            : null;
        if (reason is not null && !invocation.Get(_yes))
        {
            await Confirmation
                .RequireAsync(invocation.Terminal, $"{Describe(key)}: {reason} Revoke it at once and for good?", cancellationToken)
                .ConfigureAwait(false);
        }

        return await node.Keys.RevokeAsync(id, cancellationToken).ConfigureAwait(false);
    }
}
