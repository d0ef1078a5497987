using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Lists the endpoints in the mode of the key that the command uses.</summary>
internal sealed class WebhooksListCommand(Terminal terminal)
    : NodeDataCommand("list", "List the webhook endpoints in the mode of the key that the command uses", terminal)
{
    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.CreateClient();
        var endpoints = new List<WebhookEndpoint>();
        await foreach (var endpoint in node.Webhooks.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            endpoints.Add(endpoint);
        }

        if (invocation.IsJson)
        {
            invocation.WriteJson([.. endpoints.Select(EndpointShape.From)], EndpointsJson.Indented.IReadOnlyListEndpointShape);
            return ExitCode.Ok;
        }

        var listing = new Listing("ID", "URL", "EVENTS", "STATE", "DESCRIPTION", "CREATED");
        foreach (var endpoint in endpoints)
        {
            listing.Add(
                endpoint.Id,
                endpoint.Url?.OriginalString,
                EventTypes.Format(endpoint.Events),
                EndpointText.FormatState(endpoint),
                endpoint.Description,
                endpoint.CreatedAt
            );
        }

        listing.Write(invocation.Terminal, "There are no webhook endpoints.");
        return ExitCode.Ok;
    }
}
