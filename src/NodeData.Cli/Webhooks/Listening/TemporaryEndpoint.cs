using System.Net.Sockets;
using NodeData.Cli.Output;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The endpoint that a listener creates when it starts and deletes when it stops.</summary>
internal sealed class TemporaryEndpoint(
    NodeClient node,
    ListenOptions options,
    Uri address,
    ListeningReport report,
    DeliveryForwarder forwarder
)
{
    /// <summary>Marks an endpoint as a listener's, so that the endpoint of a killed listener can be found.</summary>
    private const string Description = "node-data webhooks listen";

    private static readonly TimeSpan DeleteTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    public string? Id { get; private set; }

    /// <summary>Creates the endpoint and deploys its secret.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var created = await node
            .Webhooks.CreateAsync(
                new CreateWebhookEndpointOptions(address)
                {
                    Events = options.Events,
                    Description = Description,
                    IdempotencyKey = $"{Guid.NewGuid()}",
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        Id = created.Id;
        forwarder.SetSecret(created.Secret);
        await options
            .SecretSinks.DeployAsync(
                created.Secret,
                () => Show(created),
                async () =>
                {
                    await node.Webhooks.DeleteAsync(created.Id, CancellationToken.None).ConfigureAwait(false);
                    Id = null;
                },
                created.Id
            )
            .ConfigureAwait(false);
    }

    /// <summary>Deletes the endpoint within 15 seconds, and reports the result.</summary>
    public async Task DeleteAsync()
    {
        if (Id is not { } id)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(DeleteTimeout, report.Terminal.Time);
        try
        {
            await node.Webhooks.DeleteAsync(id, timeout.Token).ConfigureAwait(false);
            report.WriteRecovery("stopped", $"The endpoint {id} was deleted.");
        }
        catch (NodeDataNotFoundException)
        {
            report.WriteRecovery("stopped", $"The endpoint {id} was already deleted.");
        }
        catch (Exception exception) when (exception is NodeDataException or OperationCanceledException)
        {
            report.WriteError(
                "stopped",
                $"The endpoint {id} could not be deleted; the next run of `node-data webhooks listen` deletes it."
            );
        }
    }

    /// <summary>Deletes the endpoints of killed listeners. The endpoint of a running listener stays.</summary>
    public async Task DeleteStaleAsync(CancellationToken cancellationToken)
    {
        await foreach (var endpoint in node.Webhooks.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                endpoint is { Description: Description, Url: { IsLoopback: true } url }
                && !await IsListeningAsync(url, cancellationToken).ConfigureAwait(false)
            )
            {
                await node.Webhooks.DeleteAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
                report.WriteInfo($"The endpoint {endpoint.Id} of a killed listener was deleted.");
            }
        }
    }

    private async Task<bool> IsListeningAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var timeout = new CancellationTokenSource(ProbeTimeout, report.Terminal.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(url, linked.Token).ConfigureAwait(false);
            return response.Headers.Contains(LoopbackListener.ListeningHeader);
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The listener is running but busy.
            return true;
        }
    }

    private void Show(CreatedWebhookEndpoint created)
    {
        var sinks = options.SecretSinks;
        var secret = sinks.HasStandardOutput ? created.Reveal() : null;
        report.WriteJsonLine(
            new ListeningLine(
                report.Now,
                created.Id,
                options.ForwardTo.OriginalString,
                [.. options.Events.Select(type => type.Value)],
                secret,
                [.. sinks.Names]
            ),
            ListeningJson.Lines.ListeningLine
        );
        if (secret is not null && !options.IsJson)
        {
            report.Terminal.Out.WriteLine($"secret\t{secret}");
        }

        report.WriteInfo(
            PlainText.Sanitize(
                $"Listening: forwarding {EventTypes.Format(options.Events)} events from the emulator to {options.ForwardTo} (endpoint {created.Id}, secret "
                    + $"{created.Secret} in {string.Join(", ", sinks.Names)})."
            )
        );
    }
}
