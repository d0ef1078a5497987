using NodeData.Cli.Output;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Checks every two seconds whether the emulator responds and the endpoint exists, and creates the endpoint again if it does not.</summary>
internal sealed class ConnectionMonitor(NodeClient node, TemporaryEndpoint endpoint, ListeningReport report, ReceivedEventIds receivedIds)
{
    private const int MaxDeliveries = 20;
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    private readonly NodeClient _node = node.WithOptions(new NodeRequestOptions { Timeout = CheckTimeout, MaxRetries = 0 });
    private readonly ReceivedEventIds _reportedIds = new();
    private DateTimeOffset? _lostSince;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(CheckInterval, report.Terminal.Time, cancellationToken).ConfigureAwait(false);
            try
            {
                await CheckAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NodeDataException exception)
            {
                ReportLost(exception);
            }
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deliveries = await _node.Webhooks.ListDeliveriesAsync(endpoint.Id!, MaxDeliveries, cancellationToken).ConfigureAwait(false);
            ReportRestored($"The endpoint {endpoint.Id} still exists.");
            ReportMissingEvents(deliveries);
        }
        catch (NodeDataNotFoundException)
        {
            var oldId = endpoint.Id;
            await endpoint.CreateAsync(cancellationToken).ConfigureAwait(false);
            ReportRestored($"The endpoint {oldId} no longer exists.");
            report.WriteWarning(
                $"The endpoint {oldId} no longer existed (the emulator was reset or started without its data, or the endpoint was deleted) and was created "
                    + "again with a new secret. Restart the application so that it reads the secret."
            );
        }
    }

    private void ReportLost(NodeDataException exception)
    {
        if (_lostSince is null)
        {
            _lostSince = report.Now;
            report.WriteError(
                "connection_lost",
                $"Connection lost since {Cell.FormatTime(report.Now)}: {exception.Message} No events are forwarded; the connection is retried every two seconds."
            );
        }
    }

    private void ReportRestored(string detail)
    {
        if (_lostSince is { } since)
        {
            _lostSince = null;
            report.WriteRecovery("connection_restored", $"Connection restored after {(report.Now - since).TotalSeconds:0} s. {detail}");
        }
    }

    // For an emulator in a container, 127.0.0.1 is the container; and some faults drop a delivery on purpose.
    private void ReportMissingEvents(IReadOnlyList<WebhookDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            if (delivery is { Attempts: > 0, LastStatus: null, EventId: { } id } && !receivedIds.Contains(id) && _reportedIds.Add(id))
            {
                report.WriteWarning(
                    $"The event {id} did not arrive here: {delivery.LastError} An emulator in a container cannot reach this machine."
                );
            }
        }
    }
}
