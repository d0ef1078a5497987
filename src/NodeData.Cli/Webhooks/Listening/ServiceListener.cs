using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Endpoints;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Shows the service's deliveries as they arrive. The service's list has no bodies, so there is nothing to forward.</summary>
internal sealed class ServiceListener(
    NodeClient node,
    string? endpointId,
    IReadOnlyList<WebhookEventType> eventTypes,
    ListeningReport report
)
{
    private const int MaxDeliveries = 100;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    // The service allows 1,000 reads a minute, and other clients need some of them.
    private static readonly TimeSpan PollIntervalPerEndpoint = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, (string? Status, int? Attempts)> _seen = new(StringComparer.Ordinal);
    private bool _isFirst = true;
    private DateTimeOffset? _lostSince;

    /// <summary>Runs until it is canceled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var endpointCount = await TryPollAsync(cancellationToken).ConfigureAwait(false);
            var delay = TimeSpan.FromTicks(Math.Max(PollInterval.Ticks, PollIntervalPerEndpoint.Ticks * endpointCount));
            await Task.Delay(delay, report.Terminal.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> TryPollAsync(CancellationToken cancellationToken)
    {
        try
        {
            var endpointCount = await PollAsync(cancellationToken).ConfigureAwait(false);
            if (_lostSince is { } since)
            {
                _lostSince = null;
                report.WriteRecovery("connection_restored", $"Connection restored after {(report.Now - since).TotalSeconds:0} s.");
            }

            return endpointCount;
        }
        // If the first poll fails, the caller's input is wrong; a later failure is a lost connection.
        catch (NodeDataException exception) when (!_isFirst)
        {
            if (_lostSince is null)
            {
                _lostSince = report.Now;
                report.WriteError("connection_lost", $"Connection lost since {Cell.FormatTime(report.Now)}: {exception.Message}");
            }

            return 1;
        }
    }

    private async Task<int> PollAsync(CancellationToken cancellationToken)
    {
        List<string> endpoints = endpointId is null ? await ListEndpointIdsAsync(cancellationToken).ConfigureAwait(false) : [endpointId];
        foreach (var endpoint in endpoints)
        {
            var deliveries = await node.Webhooks.ListDeliveriesAsync(endpoint, MaxDeliveries, cancellationToken).ConfigureAwait(false);
            foreach (var delivery in deliveries.Reverse())
            {
                ReportChange(endpoint, delivery);
            }
        }

        if (_isFirst)
        {
            _isFirst = false;
            report.WriteInfo(
                $"Watching {string.Create(CultureInfo.InvariantCulture, $"{endpoints.Count}")} endpoint(s); deliveries are shown as they arrive. "
                    + "Press Ctrl+C to stop."
            );
        }

        return endpoints.Count;
    }

    private async Task<List<string>> ListEndpointIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (var endpoint in node.Webhooks.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(endpoint.Id);
        }

        return ids;
    }

    private void ReportChange(string endpoint, WebhookDelivery delivery)
    {
        var state = (delivery.Status?.Value, delivery.Attempts);
        var isNew = !_seen.TryGetValue(delivery.Id, out var previous) || previous != state;
        _seen[delivery.Id] = state;
        if (_isFirst || !isNew || (eventTypes.Count > 0 && !(delivery.EventType is { } type && eventTypes.Contains(type))))
        {
            return;
        }

        report.WriteLine(
            new SeenDeliveryLine(
                report.Now,
                endpoint,
                delivery.Id,
                delivery.EventType?.Value,
                delivery.EventId,
                delivery.Status?.Value,
                delivery.Attempts,
                delivery.LastStatus,
                delivery.LastError
            ),
            ListeningJson.Lines.SeenDeliveryLine,
            delivery.EventType?.Value,
            delivery.EventId,
            DeliveryText.FormatStatus(delivery),
            DeliveryText.FormatLastResponse(delivery),
            Cell.Dim(endpoint)
        );
    }
}
