using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Keys;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Deletes an endpoint for good, once it is certain that this is meant.</summary>
internal sealed class WebhooksDeleteCommand : NodeDataCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The endpoint's id, we_…" };
    private readonly Option<bool> _yes = new("--yes") { Description = "Delete without asking" };

    public WebhooksDeleteCommand(Terminal terminal)
        : base("delete", "Delete a webhook endpoint and its secret for good", terminal)
    {
        Add(_id);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var id = invocation.Get(_id)!;
        var terminal = invocation.Terminal;
        using var node = invocation.CreateClient();
        if (!invocation.Get(_yes) && terminal is { IsInputTerminal: true, IsErrorTerminal: true })
        {
            var endpoint = await node.Webhooks.GetAsync(id, cancellationToken).ConfigureAwait(false);
            var question = $"Delete {endpoint.Id} ({endpoint.Url})? Nothing is delivered to it any more, and its secret is gone.";
            await Confirmation.RequireAsync(terminal, question, cancellationToken).ConfigureAwait(false);
        }

        await node.Webhooks.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        if (invocation.IsJson)
        {
            invocation.WriteJson(new DeletedShape(id, true), EndpointsJson.Indented.DeletedShape);
        }
        else
        {
            await terminal.Out.WriteLineAsync($"deleted\t{PlainText.Sanitize(id)}").ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }
}
