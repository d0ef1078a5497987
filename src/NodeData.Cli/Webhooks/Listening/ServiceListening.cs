using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Endpoints;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Shows the service's deliveries as they come. Its list of them has no bodies, so there is nothing to forward.</summary>
internal sealed class ServiceListening(NodeClient node, string? endpointId, IReadOnlyList<WebhookEventType> wanted, ListeningReport report)
{
    private const int Newest = 100;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    // The service takes 1,000 reads a minute, and others need some too.
    private static readonly TimeSpan ForEachEndpoint = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, (string? Status, int? Attempts)> _seen = new(StringComparer.Ordinal);
    private bool _isFirst = true;
    private DateTimeOffset? _lostSince;

    /// <summary>Never returns by itself.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var looked = await LookOrLoseAsync(cancellationToken).ConfigureAwait(false);
            var wait = TimeSpan.FromTicks(Math.Max(BetweenLooks.Ticks, ForEachEndpoint.Ticks * looked));
            await Task.Delay(wait, report.Terminal.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> LookOrLoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var looked = await LookAsync(cancellationToken).ConfigureAwait(false);
            if (_lostSince is { } since)
            {
                _lostSince = null;
                report.Relieve("connection_back", $"Connection back after {(report.Now - since).TotalSeconds:0} s.");
            }

            return looked;
        }
        // The first look tells a mistake of the caller's from a disturbance.
        catch (NodeDataException failure) when (!_isFirst)
        {
            if (_lostSince is null)
            {
                _lostSince = report.Now;
                report.Alarm("connection_lost", $"Connection lost since {Cell.Moment(report.Now)}: {failure.Message}");
            }

            return 1;
        }
    }

    private async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        List<string> endpoints = endpointId is null ? await AllAsync(cancellationToken).ConfigureAwait(false) : [endpointId];
        foreach (var endpoint in endpoints)
        {
            var deliveries = await node.Webhooks.ListDeliveriesAsync(endpoint, Newest, cancellationToken).ConfigureAwait(false);
            foreach (var delivery in deliveries.Reverse())
            {
                See(endpoint, delivery);
            }
        }

        if (_isFirst)
        {
            _isFirst = false;
            report.Say(
                $"Watching {string.Create(CultureInfo.InvariantCulture, $"{endpoints.Count}")} endpoint(s); deliveries are shown as they come. Ctrl+C ends it."
            );
        }

        return endpoints.Count;
    }

    private async Task<List<string>> AllAsync(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (var endpoint in node.Webhooks.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(endpoint.Id);
        }

        return ids;
    }

    private void See(string endpoint, WebhookDelivery delivery)
    {
        var state = (delivery.Status?.Value, delivery.Attempts);
        var isNew = !_seen.TryGetValue(delivery.Id, out var before) || before != state;
        _seen[delivery.Id] = state;
        if (_isFirst || !isNew || (wanted.Count > 0 && !(delivery.EventType is { } type && wanted.Contains(type))))
        {
            return;
        }

        report.Line(
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
            DeliveryText.Status(delivery),
            DeliveryText.LastAnswer(delivery),
            Cell.Dim(endpoint)
        );
    }
}
