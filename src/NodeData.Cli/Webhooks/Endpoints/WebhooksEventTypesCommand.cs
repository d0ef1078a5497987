using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Lists the event types that the service can deliver.</summary>
internal sealed class WebhooksEventTypesCommand(Terminal terminal)
    : NodeDataCommand("event-types", "List the event types that the service can deliver", terminal)
{
    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.CreateClient();
        var types = await node.Webhooks.ListEventTypesAsync(cancellationToken).ConfigureAwait(false);
        if (invocation.IsJson)
        {
            invocation.WriteJson([.. types.Select(type => type.Value)], EndpointsJson.Indented.IReadOnlyListString);
            return ExitCode.Ok;
        }

        foreach (var type in types)
        {
            await invocation.Terminal.Out.WriteLineAsync(PlainText.Sanitize(type.Value)).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }
}
