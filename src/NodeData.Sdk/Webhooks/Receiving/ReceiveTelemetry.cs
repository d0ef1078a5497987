using System.Diagnostics;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Processing;

namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>
/// Records the telemetry of one received request: an activity, a count by outcome and event type, and the duration. Of the event, only its type and ID are
/// recorded.
/// </summary>
internal sealed class ReceiveTelemetry : IDisposable
{
    private readonly ReceiverSettings _settings;
    private readonly long _startTimestamp;
    private readonly Activity? _activity;
    private TagList _tags;

    private ReceiveTelemetry(ReceiverSettings settings)
    {
        _settings = settings;
        _startTimestamp = settings.Time.GetTimestamp();
        _tags.Add("nodedata.webhook.receiver", settings.ReceiverName);
        _activity = NodeDataTelemetry.Source.StartActivity(
            "nodedata.webhook.receive",
            ActivityKind.Consumer,
            parentContext: default,
            _tags
        );
    }

    public static ReceiveTelemetry? StartIfEnabled(ReceiverSettings settings) =>
        NodeDataTelemetry.IsWebhookEnabled ? new ReceiveTelemetry(settings) : null;

    /// <param name="result">The result.</param>
    /// <param name="isKnownType">true if the event type has low cardinality and can therefore be a metric attribute; otherwise, false.</param>
    public void SetResult(WebhookResult result, bool isKnownType)
    {
        _tags.Add("nodedata.webhook.outcome", FormatOutcome(result.Outcome));
        if (result.Event is { } webhookEvent)
        {
            _tags.Add("nodedata.webhook.event.type", isKnownType ? webhookEvent.Type.Value : "_OTHER");
            _activity?.SetTag("nodedata.webhook.event.type", SecretText.Mask(webhookEvent.Type.Value));
            _activity?.SetTag("nodedata.webhook.event.id", webhookEvent.Id is { } id ? SecretText.Mask(id) : null);
        }

        _activity?.SetTag("nodedata.webhook.outcome", FormatOutcome(result.Outcome));
        _activity?.SetTag("http.response.status_code", result.StatusCode);
        if (result.ErrorCode is { } code)
        {
            _tags.Add("error.type", code.Value);
            _activity?.SetTag("error.type", code.Value);
        }

        if (result.StatusCode != 200)
        {
            _activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose()
    {
        NodeDataTelemetry.WebhookDeliveries.Add(1, _tags);
        NodeDataTelemetry.WebhookDuration.Record(_settings.Time.GetElapsedTime(_startTimestamp).TotalSeconds, _tags);
        _activity?.Dispose();
    }

    private static string FormatOutcome(WebhookOutcome outcome) =>
        outcome switch
        {
            WebhookOutcome.Rejected => "rejected",
            WebhookOutcome.MalformedPayload => "malformed_payload",
            WebhookOutcome.NoHandler => "no_handler",
            WebhookOutcome.Duplicate => "duplicate",
            WebhookOutcome.Handled => "handled",
            WebhookOutcome.DeadLettered => "dead_lettered",
            WebhookOutcome.InProgress => "in_progress",
            WebhookOutcome.Failed => "failed",
            WebhookOutcome.Unavailable => "unavailable",
            _ => "timed_out",
        };
}
