using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Receives deliveries on this machine.</summary>
internal sealed class ListenCommand : NodeDataCommand
{
    private readonly Option<string?> _forwardTo = new("--forward-to")
    {
        Description = "URL of the application: https, or http on this machine; required with the emulator",
        HelpName = "URL",
    };

    private readonly Option<string[]> _events = EventTypes.CreateOption("Event type to listen for; repeatable; defaults to all types");

    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "With the service: endpoint whose deliveries are shown; defaults to all endpoints",
        HelpName = "ID",
    };

    private readonly Option<string[]> _secretTo = WebhookSecretSinks.CreateSinkOption();
    private readonly Option<bool> _printSecret = WebhookSecretSinks.CreatePrintOption();

    public ListenCommand(Terminal terminal)
        : base("listen", "Receive deliveries from the emulator and forward them to an application on this machine", terminal)
    {
        Add(_forwardTo);
        Add(_events);
        Add(_endpoint);
        Add(_secretTo);
        Add(_printSecret);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var events = EventTypes.Parse(invocation.Get(_events));
        var forwardTo = invocation.Get(_forwardTo) is { } text ? ReceiverAddress.Parse(text, "--forward-to") : null;
        using var node = invocation.CreateClient();
        var probe = await ServiceProbe.ProbeAsync(node, invocation.GetSettings(), cancellationToken).ConfigureAwait(false);
        probe.RequireKnown(events);
        var report = new ListeningReport(invocation);
        if (probe.IsLocalEmulator)
        {
            var options = await CreateOptionsAsync(invocation, forwardTo, events, cancellationToken).ConfigureAwait(false);
            return await new EmulatorListener(node, options, report).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        if (invocation.Has(_secretTo) || invocation.Has(_printSecret))
        {
            throw CommandFailedException.Usage(
                "With the service, no endpoint is created, so there is no secret to deploy. `node-data webhooks create` creates one for a public address."
            );
        }

        report.WriteWarning(
            "The service's list of deliveries contains no bodies, so deliveries are shown as they arrive and are not forwarded. Forwarding needs a public address: "
                + "open a tunnel (cloudflared, ngrok, tailscale funnel), and create an endpoint for it with `node-data webhooks create https://…`. "
                + "Without one, `node-data webhooks send` sends signed samples, and `node-data webhooks listen` forwards from the emulator."
        );
        await new ServiceListener(node, invocation.Get(_endpoint), events, report).RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Ok;
    }

    private async Task<ListenOptions> CreateOptionsAsync(
        Invocation invocation,
        Uri? forwardTo,
        IReadOnlyList<WebhookEventType> events,
        CancellationToken cancellationToken
    )
    {
        if (forwardTo is null)
        {
            throw CommandFailedException.Usage("The emulator requires --forward-to, such as --forward-to http://127.0.0.1:PORT/PATH.");
        }

        if (invocation.Has(_endpoint))
        {
            throw CommandFailedException.Usage("--endpoint is for the service; with the emulator, `listen` creates its own endpoint.");
        }

        // A secret that an earlier run stored is no longer valid.
        var sinks = await WebhookSecretSinks
            .CreateAsync(invocation, _secretTo, _printSecret, allowReplace: true, cancellationToken)
            .ConfigureAwait(false);
        return new ListenOptions(forwardTo, events, sinks, invocation.IsJson);
    }
}
