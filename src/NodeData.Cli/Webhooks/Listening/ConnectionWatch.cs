using NodeData.Cli.Output;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Looks every two seconds whether the emulator still answers and the endpoint is still there, and makes it anew where it is not.</summary>
internal sealed class ConnectionWatch(NodeClient node, OwnEndpoint endpoint, ListeningReport report, ArrivedEvents arrived)
{
    private const int Newest = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    private readonly NodeClient _node = node.With(new NodeRequestOptions { Timeout = LongestLook, MaxRetries = 0 });
    private readonly ArrivedEvents _told = new();
    private DateTimeOffset? _lostSince;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(BetweenLooks, report.Terminal.Time, cancellationToken).ConfigureAwait(false);
            try
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NodeDataException failure)
            {
                Lose(failure);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deliveries = await _node.Webhooks.ListDeliveriesAsync(endpoint.Id!, Newest, cancellationToken).ConfigureAwait(false);
            Regain($"The endpoint {endpoint.Id} is still there.");
            TellWhatDidNotArrive(deliveries);
        }
        catch (NodeDataNotFoundException)
        {
            var gone = endpoint.Id;
            await endpoint.MakeAsync(cancellationToken).ConfigureAwait(false);
            Regain($"The endpoint {gone} is not.");
            report.Warn(
                $"The endpoint {gone} was gone (the emulator was reset or started without its data, or somebody deleted it), and was made anew with another "
                    + "secret: start the application again, so that it reads it."
            );
        }
    }

    private void Lose(NodeDataException failure)
    {
        if (_lostSince is null)
        {
            _lostSince = report.Now;
            report.Alarm(
                "connection_lost",
                $"Connection lost since {Cell.Moment(report.Now)}: {failure.Message} No event comes through; it is tried again every two seconds."
            );
        }
    }

    private void Regain(string how)
    {
        if (_lostSince is { } since)
        {
            _lostSince = null;
            report.Relieve("connection_back", $"Connection back after {(report.Now - since).TotalSeconds:0} s. {how}");
        }
    }

    // An emulator in a container finds another machine behind 127.0.0.1, and some faults lose a delivery on purpose.
    private void TellWhatDidNotArrive(IReadOnlyList<WebhookDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            if (delivery is { Attempts: > 0, LastStatus: null, EventId: { } id } && !arrived.Has(id) && _told.Add(id))
            {
                report.Warn(
                    $"The event {id} did not arrive here: {delivery.LastError} An emulator in a container cannot reach this machine."
                );
            }
        }
    }
}
