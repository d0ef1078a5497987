using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Shows one endpoint.</summary>
internal sealed class WebhooksGetCommand : NodeDataCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "ID of the endpoint, we_…" };

    public WebhooksGetCommand(Terminal terminal)
        : base("get", "Show one webhook endpoint", terminal) => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var node = invocation.CreateClient();
        var endpoint = await node.Webhooks.GetAsync(invocation.Get(_id)!, cancellationToken).ConfigureAwait(false);
        if (invocation.IsJson)
        {
            invocation.WriteJson(EndpointShape.From(endpoint), EndpointsJson.Indented.EndpointShape);
        }
        else
        {
            EndpointText.Describe(endpoint).Write(invocation.Terminal);
        }

        return ExitCode.Ok;
    }
}
