using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Me;

/// <summary>Shows the account and the key that the command uses.</summary>
internal sealed class MeCommand(Terminal terminal) : NodeDataCommand("me", "Show the account and the key that the command uses", terminal)
{
    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.CreateClient();
        var account = await node.Me.GetAsync(cancellationToken).ConfigureAwait(false);
        if (invocation.IsJson)
        {
            invocation.WriteJson(AccountShape.From(account), MeJson.Indented.AccountShape);
        }
        else
        {
            Describe(account).Write(invocation.Terminal);
        }

        return ExitCode.Ok;
    }

    private static Facts Describe(NodeAccount account)
    {
        var facts = new Facts();
        facts.Add("account", account.Id);
        facts.Add("name", account.Name);
        facts.Add("slug", account.Slug);
        facts.Add("email", account.Email);
        facts.Add("created", account.CreatedAt);
        facts.Add("key", account.Key?.Id);
        facts.Add("mode", account.Key is { } key ? ModeText.Format(key.Mode, key.RawMode) : null);
        facts.Add("scopes", ScopesText.Format(account.Key?.Scopes));
        return facts;
    }
}
