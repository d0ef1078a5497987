using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Updates the properties of an endpoint that are passed as options, and nothing else.</summary>
internal sealed class WebhooksUpdateCommand : NodeDataCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "ID of the endpoint, we_…" };
    private readonly Option<string?> _url = new("--url") { Description = "New URL to deliver events to", HelpName = "URL" };

    private readonly Option<string[]> _events = EventTypes.CreateOption("Event type to deliver, replacing the current types; repeatable");

    private readonly Option<bool> _allEvents = new("--all-events") { Description = "Deliver all event types, including future ones" };

    private readonly Option<string?> _description = new("--description")
    {
        Description = "New description; an empty string removes it",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _enable = new("--enable") { Description = "Enable deliveries" };
    private readonly Option<bool> _disable = new("--disable") { Description = "Disable deliveries until the endpoint is enabled again" };

    public WebhooksUpdateCommand(Terminal terminal)
        : base("update", "Update a webhook endpoint", terminal)
    {
        Add(_id);
        Add(_url);
        Add(_events);
        Add(_allEvents);
        Add(_description);
        Add(_enable);
        Add(_disable);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var options = CreateOptions(invocation);
        using var node = invocation.CreateClient();
        var endpoint = await node.Webhooks.UpdateAsync(invocation.Get(_id)!, options, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WebhookEventType> dropped = endpoint.Events is { } accepted ? [.. (options.Events ?? []).Except(accepted)] : [];
        if (invocation.IsJson)
        {
            invocation.WriteJson(
                new ChangedEndpointShape(EndpointShape.From(endpoint), [.. dropped.Select(type => type.Value)], null, null),
                EndpointsJson.Indented.ChangedEndpointShape
            );
        }
        else
        {
            EndpointText.Describe(endpoint).Write(invocation.Terminal);
        }

        EndpointText.WarnAboutDropped(invocation, dropped, endpoint);
        return ExitCode.Ok;
    }

    private UpdateWebhookEndpointOptions CreateOptions(Invocation invocation)
    {
        var events = EventTypes.Parse(invocation.Get(_events));
        var (all, enable, disable) = (invocation.Get(_allEvents), invocation.Get(_enable), invocation.Get(_disable));
        if ((events.Count > 0 && all) || (enable && disable))
        {
            throw CommandFailedException.Usage(
                all
                    ? "--event and --all-events cannot be combined. Pass one of them."
                    : "--enable and --disable cannot be combined. Pass one of them."
            );
        }

        if (!(invocation.Has(_url) || events.Count > 0 || all || invocation.Has(_description) || enable || disable))
        {
            throw CommandFailedException.Usage(
                "Nothing to update. Pass --url, --event, --all-events, --description, --enable or --disable."
            );
        }

        return new UpdateWebhookEndpointOptions
        {
            Url = invocation.Get(_url) is { } url ? ReceiverAddress.Parse(url, "--url") : null,
            Events = events.Count > 0 || all ? events : null,
            Description = invocation.Get(_description),
            IsEnabled =
                enable ? true
                : disable ? false
                : null,
        };
    }
}
