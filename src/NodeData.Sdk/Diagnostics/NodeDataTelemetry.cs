using System.Diagnostics;
using System.Diagnostics.Metrics;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Diagnostics;

/// <summary>
/// The source of the client's spans and the meter of its measurements, both called <c>NodeData.Sdk</c>, after OpenTelemetry's conventions for HTTP clients
/// (docs/observability.md lists every name).
/// </summary>
internal static class NodeDataTelemetry
{
    public const string Name = "NodeData.Sdk";

    private static readonly Meter Meter = new(Name, UserAgent.PackageVersion);

    public static ActivitySource Source { get; } = new(Name, UserAgent.PackageVersion);

    public static Histogram<double> RequestDuration { get; } =
        Meter.CreateHistogram<double>(
            "nodedata.client.request.duration",
            "s",
            "How long a call took, all its attempts and waits included."
        );

    public static UpDownCounter<long> ActiveRequests { get; } =
        Meter.CreateUpDownCounter<long>("nodedata.client.active_requests", "{request}", "How many calls are under way.");

    public static Counter<long> WebhookDeliveries { get; } =
        Meter.CreateCounter<long>(
            "nodedata.webhook.deliveries",
            "{delivery}",
            "How many deliveries were received, by outcome and event type."
        );

    public static Histogram<double> WebhookDuration { get; } =
        Meter.CreateHistogram<double>("nodedata.webhook.delivery.duration", "s", "How long it took to answer a delivery.");

    public static bool IsWebhookEnabled => Source.HasListeners() || WebhookDeliveries.Enabled || WebhookDuration.Enabled;

    public static bool IsEnabled => Source.HasListeners() || RequestDuration.Enabled || ActiveRequests.Enabled;
}
