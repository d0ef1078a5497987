using System.Diagnostics;
using System.Diagnostics.Metrics;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Diagnostics;

/// <summary>
/// Provides the activity source and the meter of the client, both named <c>NodeData.Sdk</c>. They follow OpenTelemetry's conventions for HTTP clients;
/// docs/observability.md lists every name.
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
            "The duration of a call, including all attempts and delays."
        );

    public static UpDownCounter<long> ActiveRequests { get; } =
        Meter.CreateUpDownCounter<long>("nodedata.client.active_requests", "{request}", "The number of calls in progress.");

    public static Counter<long> WebhookDeliveries { get; } =
        Meter.CreateCounter<long>(
            "nodedata.webhook.deliveries",
            "{delivery}",
            "The number of deliveries received, by outcome and event type."
        );

    public static Histogram<double> WebhookDuration { get; } =
        Meter.CreateHistogram<double>(
            "nodedata.webhook.delivery.duration",
            "s",
            "The duration of processing a delivery until the response."
        );

    public static bool IsWebhookEnabled => Source.HasListeners() || WebhookDeliveries.Enabled || WebhookDuration.Enabled;

    public static bool IsEnabled => Source.HasListeners() || RequestDuration.Enabled || ActiveRequests.Enabled;
}
