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
    private readonly TagList _target;
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
        _target = new TagList
        {
            { "http.request.method", endpoint.Method.Method },
            { "server.address", settings.BaseAddress.Host },
            { "server.port", settings.BaseAddress.Port },
        };
        _span = NodeDataTelemetry.Source.StartActivity(
            $"{endpoint.Method} {_template}",
            ActivityKind.Client,
            parentContext: default,
            _target
        );
        _span?.SetTag("url.template", _template);
        _span?.SetTag("url.full", $"{settings.BaseAddress.AbsoluteUri}/{endpoint.PathWithoutQuery}");
        NodeDataTelemetry.Active.Add(1, _target);
    }

    public static CallTelemetry? StartIfListenedTo(Endpoint endpoint, TransportSettings settings) =>
        NodeDataTelemetry.IsListenedTo ? new CallTelemetry(endpoint, settings) : null;

    /// <summary>Begins an attempt: what came with an earlier answer is no part of it.</summary>
    public void Attempting() => (_status, _requestId) = (null, null);

    /// <summary>Notes that an answer came.</summary>
    public void Answered(int status, string? requestId) => (_status, _requestId) = (status, requestId);

    /// <summary>Tells how an exchange ended.</summary>
    public void Exchanged(NodeDataException? failure)
    {
        _error = failure is null ? null : ErrorOf(failure);
        if (_span is not null)
        {
            var tags = new ActivityTagsCollection { { "http.request.resend_count", _attempts } };
            AddWhereKnown(tags, "http.response.status_code", _status);
            AddWhereKnown(tags, "error.type", _error);
            AddWhereKnown(tags, "nodedata.request_id", _requestId);
            _span.AddEvent(new ActivityEvent("nodedata.attempt", _time.GetUtcNow(), tags));
            _span.SetTag("nodedata.request_id", _requestId);
        }

        _attempts++;
    }

    /// <summary>Notes what the call ended with, whatever it was.</summary>
    public void Failed(Exception failure) => _error = ErrorOf(failure);

    public void Dispose()
    {
        NodeDataTelemetry.Active.Add(-1, _target);
        var tags = _target;
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

        NodeDataTelemetry.Duration.Record(_time.GetElapsedTime(_started).TotalSeconds, tags);
        _span?.Dispose();
    }

    // The conventions ask for the status where there was an answer, else for the type of the exception.
    private static string ErrorOf(Exception failure) =>
        failure is NodeDataApiException answer and not NodeDataResponseFormatException
            ? ((int)answer.Status).ToString(CultureInfo.InvariantCulture)
            : failure.GetType().FullName!;

    private static void AddWhereKnown(ActivityTagsCollection tags, string name, object? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}
