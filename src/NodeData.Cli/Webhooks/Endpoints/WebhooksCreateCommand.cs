using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Secrets;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>Creates an endpoint and deploys its secret.</summary>
internal sealed class WebhooksCreateCommand : NodeDataCommand
{
    private readonly Argument<string> _url = new("URL") { Description = "URL to deliver events to: https, or http on this machine" };

    private readonly Option<string[]> _events = EventTypes.CreateOption("Event type to deliver; repeatable; defaults to all types");

    private readonly Option<string?> _description = new("--description") { Description = "Description of the endpoint", HelpName = "TEXT" };
    private readonly Option<string[]> _secretTo = WebhookSecretSinks.CreateSinkOption();
    private readonly Option<bool> _printSecret = WebhookSecretSinks.CreatePrintOption();

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace a webhook secret that the file or .env.local already holds",
    };

    public WebhooksCreateCommand(Terminal terminal)
        : base("create", "Create a webhook endpoint", terminal)
    {
        Add(_url);
        Add(_events);
        Add(_description);
        Add(_secretTo);
        Add(_printSecret);
        Add(_overwrite);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var options = new CreateWebhookEndpointOptions(ReceiverAddress.Parse(invocation.Get(_url)!, "The endpoint's URL"))
        {
            Events = EventTypes.Parse(invocation.Get(_events)),
            Description = invocation.Get(_description),
            IdempotencyKey = $"{Guid.NewGuid()}",
        };
        var sinks = await WebhookSecretSinks
            .CreateAsync(invocation, _secretTo, _printSecret, invocation.Get(_overwrite), cancellationToken)
            .ConfigureAwait(false);
        using var node = invocation.CreateClient();
        var created = await CreateAsync(node, options, cancellationToken).ConfigureAwait(false);
        await sinks
            .DeployAsync(
                created.Secret,
                () => Show(invocation, created, sinks),
                () => node.Webhooks.DeleteAsync(created.Id, CancellationToken.None),
                created.Id
            )
            .ConfigureAwait(false);
        EndpointText.WarnAboutDropped(invocation, created.DroppedEventTypes, created.Endpoint);
        return ExitCode.Ok;
    }

    private static async Task<CreatedWebhookEndpoint> CreateAsync(
        NodeClient node,
        CreateWebhookEndpointOptions options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await node.Webhooks.CreateAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException interruption) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                ExitCode.Interrupted,
                "Interrupted while the endpoint was being created. `node-data webhooks list` shows whether it exists. Its secret is lost; delete it "
                    + "and create another.",
                interruption
            );
        }
    }

    private static void Show(Invocation invocation, CreatedWebhookEndpoint created, WebhookSecretSinks sinks)
    {
        var secret = sinks.HasStandardOutput ? created.Reveal() : null;
        if (invocation.IsJson)
        {
            invocation.WriteJson(
                new ChangedEndpointShape(
                    EndpointShape.From(created.Endpoint),
                    [.. created.DroppedEventTypes.Select(type => type.Value)],
                    secret,
                    [.. sinks.Names]
                ),
                EndpointsJson.Indented.ChangedEndpointShape
            );
            return;
        }

        var facts = EndpointText.Describe(created.Endpoint);
        facts.Add("secret", secret ?? created.Secret.Hint);
        facts.Add("secret sinks", string.Join(", ", sinks.Names));
        facts.Write(invocation.Terminal);
    }
}
