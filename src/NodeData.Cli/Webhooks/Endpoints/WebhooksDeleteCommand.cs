using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Keys;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Deletes an endpoint permanently, after confirmation.</summary>
internal sealed class WebhooksDeleteCommand : NodeDataCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "ID of the endpoint, we_…" };
    private readonly Option<bool> _yes = new("--yes") { Description = "Delete without confirmation" };

    public WebhooksDeleteCommand(Terminal terminal)
        : base("delete", "Delete a webhook endpoint and its secret permanently", terminal)
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
            var question = $"Delete {endpoint.Id} ({endpoint.Url})? Deliveries to it stop, and its secret is deleted.";
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
