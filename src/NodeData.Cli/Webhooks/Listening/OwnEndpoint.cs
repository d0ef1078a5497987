using System.Net.Sockets;
using NodeData.Cli.Output;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The endpoint that a listener makes for itself, and takes away at its end.</summary>
internal sealed class OwnEndpoint(NodeClient node, ListenOrder order, Uri address, ListeningReport report, Forwarding forwarding)
{
    /// <summary>What marks an endpoint as a listener's, so that one which a killed listener left behind is found.</summary>
    private const string Description = "node-data webhooks listen";

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(2);

    public string? Id { get; private set; }

    /// <summary>Makes it, and puts its secret where the application reads it.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var created = await node
            .Webhooks.CreateAsync(
                new CreateWebhookEndpointOptions(address)
                {
                    Events = order.Events,
                    Description = Description,
                    IdempotencyKey = $"{Guid.NewGuid()}",
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        Id = created.Id;
        forwarding.Use(created.Secret);
        await order
            .Destinations.PutAsync(
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

    /// <summary>Takes it away, within fifteen seconds, and says so.</summary>
    public async Task RemoveAsync()
    {
        if (Id is not { } id)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(LongestEnd, report.Terminal.Time);
        try
        {
            await node.Webhooks.DeleteAsync(id, timeout.Token).ConfigureAwait(false);
            report.Relieve("stopped", $"The endpoint {id} was deleted again.");
        }
        catch (NodeDataNotFoundException)
        {
            report.Relieve("stopped", $"The endpoint {id} was gone already.");
        }
        catch (Exception failure) when (failure is NodeDataException or OperationCanceledException)
        {
            report.Alarm("stopped", $"The endpoint {id} could not be deleted; the next start of webhooks listen takes it away.");
        }
    }

    /// <summary>Deletes what killed listeners left behind. One that somebody still stands behind stays.</summary>
    public async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        await foreach (var endpoint in node.Webhooks.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                endpoint is { Description: Description, Url: { IsLoopback: true } url }
                && !await IsAliveAsync(url, cancellationToken).ConfigureAwait(false)
            )
            {
                await node.Webhooks.DeleteAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
                report.Say($"The endpoint {endpoint.Id}, left behind by a listener that was killed, was deleted.");
            }
        }
    }

    private async Task<bool> IsAliveAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var timeout = new CancellationTokenSource(LongestProbe, report.Terminal.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var answer = await http.GetAsync(url, either.Token).ConfigureAwait(false);
            return answer.Headers.Contains(LocalDoor.SignOfLife);
        }
        catch (Exception gone) when (gone is HttpRequestException or SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody listens and is busy.
            return true;
        }
    }

    private void Show(CreatedWebhookEndpoint created)
    {
        var destinations = order.Destinations;
        var secret = destinations.Prints ? created.Reveal() : null;
        report.JsonLine(
            new ListeningLine(
                report.Now,
                created.Id,
                order.ForwardTo.OriginalString,
                [.. order.Events.Select(type => type.Value)],
                secret,
                [.. destinations.Names]
            ),
            ListeningJson.Lines.ListeningLine
        );
        if (secret is not null && !order.IsJson)
        {
            report.Terminal.Out.WriteLine($"secret\t{secret}");
        }

        report.Say(
            PlainText.Of(
                $"Listening: {EventTypes.Describe(order.Events)} events of the emulator go to {order.ForwardTo} (endpoint {created.Id}, secret {created.Secret} in "
                    + $"{string.Join(", ", destinations.Names)})."
            )
        );
    }
}
