using System.Diagnostics;
using System.Globalization;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Diagnostics;

/// <summary>
/// What is told of one call to those who listen: a span for the whole call, an event for each attempt, its duration, and that it is under way. Made only
/// where somebody listens. Holds no secret: the path has none by then, the query is left out, and no header is told.
/// </summary>
internal sealed class CallTelemetry : IDisposable
{
    private readonly Activity? _span;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TagList _serverTags;
    private readonly string _template;
    private int _attempts;
    private int? _status;
    private string? _requestId;
    private string? _error;

    private CallTelemetry(Endpoint endpoint, TransportSettings settings)
    {
        _time = settings.Time;
        _started = _time.GetTimestamp();
        _template = endpoint.Template ?? endpoint.PathWithoutQuery;
        _serverTags = new TagList
        {
            { "http.request.method", endpoint.Method.Method },
            { "server.address", settings.BaseAddress.Host },
            { "server.port", settings.BaseAddress.Port },
        };
        _span = NodeDataTelemetry.Source.StartActivity(
            $"{endpoint.Method} {_template}",
            ActivityKind.Client,
            parentContext: default,
            _serverTags
        );
        _span?.SetTag("url.template", _template);
        _span?.SetTag("url.full", $"{settings.BaseAddress.AbsoluteUri}/{endpoint.PathWithoutQuery}");
        NodeDataTelemetry.ActiveRequests.Add(1, _serverTags);
    }

    public static CallTelemetry? StartIfEnabled(Endpoint endpoint, TransportSettings settings) =>
        NodeDataTelemetry.IsEnabled ? new CallTelemetry(endpoint, settings) : null;

    /// <summary>Begins an attempt: what came with an earlier answer is no part of it.</summary>
    public void StartAttempt() => (_status, _requestId) = (null, null);

    /// <summary>Notes that an answer came.</summary>
    public void RecordResponse(int status, string? requestId) => (_status, _requestId) = (status, requestId);

    /// <summary>Tells how an exchange ended.</summary>
    public void RecordExchange(NodeDataException? failure)
    {
        _error = failure is null ? null : GetErrorType(failure);
        if (_span is not null)
        {
            var tags = new ActivityTagsCollection { { "http.request.resend_count", _attempts } };
            AddIfNotNull(tags, "http.response.status_code", _status);
            AddIfNotNull(tags, "error.type", _error);
            AddIfNotNull(tags, "nodedata.request_id", _requestId);
            _span.AddEvent(new ActivityEvent("nodedata.attempt", _time.GetUtcNow(), tags));
            _span.SetTag("nodedata.request_id", _requestId);
        }

        _attempts++;
    }

    /// <summary>Notes what the call ended with, whatever it was.</summary>
    public void RecordFailure(Exception failure) => _error = GetErrorType(failure);

    public void Dispose()
    {
        NodeDataTelemetry.ActiveRequests.Add(-1, _serverTags);
        var tags = _serverTags;
        tags.Add("url.template", _template);
        if (_status is { } status)
        {
            tags.Add("http.response.status_code", status);
            _span?.SetTag("http.response.status_code", status);
        }

        if (_error is not null)
        {
            tags.Add("error.type", _error);
            _span?.SetTag("error.type", _error);
            _span?.SetStatus(ActivityStatusCode.Error);
        }

        if (_attempts > 1)
        {
            _span?.SetTag("http.request.resend_count", _attempts - 1);
        }

        NodeDataTelemetry.RequestDuration.Record(_time.GetElapsedTime(_started).TotalSeconds, tags);
        _span?.Dispose();
    }

    // The conventions ask for the status where there was an answer, else for the type of the exception.
    private static string GetErrorType(Exception failure) =>
        failure is NodeDataApiException apiException and not NodeDataResponseFormatException
            ? ((int)apiException.Status).ToString(CultureInfo.InvariantCulture)
            : failure.GetType().FullName!;

    private static void AddIfNotNull(ActivityTagsCollection tags, string name, object? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}
