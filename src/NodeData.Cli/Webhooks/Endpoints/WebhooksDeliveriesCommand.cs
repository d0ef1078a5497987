using System.CommandLine;
using System.Globalization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Lists the latest deliveries of an endpoint.</summary>
internal sealed class WebhooksDeliveriesCommand : NodeDataCommand
{
    private const int MaxDeliveries = 100;

    private readonly Argument<string> _id = new("ID") { Description = "ID of the endpoint, we_…" };
    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "Maximum number of deliveries, 1 to 100; defaults to 25",
        HelpName = "NUMBER",
    };

    public WebhooksDeliveriesCommand(Terminal terminal)
        : base("deliveries", "List the latest deliveries of an endpoint, newest first", terminal)
    {
        Add(_id);
        Add(_limit);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Get(_limit) is < 1 or > MaxDeliveries)
        {
            throw CommandFailedException.Usage($"--limit must be 1 to {MaxDeliveries}.");
        }

        using var node = invocation.CreateClient();
        var deliveries = await node
            .Webhooks.ListDeliveriesAsync(invocation.Get(_id)!, invocation.Get(_limit), cancellationToken)
            .ConfigureAwait(false);
        if (invocation.IsJson)
        {
            invocation.WriteJson([.. deliveries.Select(DeliveryShape.From)], EndpointsJson.Indented.IReadOnlyListDeliveryShape);
            return ExitCode.Ok;
        }

        var listing = new Listing("ID", "EVENT", "TYPE", "STATUS", "ATTEMPTS", "LAST RESPONSE", "NEXT ATTEMPT", "CREATED");
        foreach (var delivery in deliveries)
        {
            listing.Add(
                delivery.Id,
                delivery.EventId,
                delivery.EventType?.Value,
                DeliveryText.FormatStatus(delivery),
                delivery.Attempts?.ToString(CultureInfo.InvariantCulture),
                DeliveryText.FormatLastResponse(delivery),
                delivery.NextAttemptAt,
                delivery.CreatedAt
            );
        }

        listing.Write(invocation.Terminal, "There are no deliveries yet.");
        return ExitCode.Ok;
    }
}
