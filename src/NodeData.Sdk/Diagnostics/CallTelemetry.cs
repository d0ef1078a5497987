using System.Diagnostics;
using System.Globalization;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Diagnostics;

/// <summary>
/// Records the telemetry of one call: a span for the whole call, an event for each attempt, the duration, and the number of active calls. Created only if a
/// listener is attached. Contains no secret: the path is validated, the query is omitted, and no header is recorded.
/// </summary>
internal sealed class CallTelemetry : IDisposable
{
    private readonly Activity? _span;
    private readonly TimeProvider _timeProvider;
    private readonly long _startTimestamp;
    private readonly TagList _serverTags;
    private readonly string _pathTemplate;
    private int _attempts;
    private int? _status;
    private string? _requestId;
    private string? _errorType;

    private CallTelemetry(Endpoint endpoint, TransportSettings settings)
    {
        _timeProvider = settings.TimeProvider;
        _startTimestamp = _timeProvider.GetTimestamp();
        _pathTemplate = endpoint.PathTemplate ?? endpoint.PathWithoutQuery;
        _serverTags = new TagList
        {
            { "http.request.method", endpoint.Method.Method },
            { "server.address", settings.BaseAddress.Host },
            { "server.port", settings.BaseAddress.Port },
        };
        _span = NodeDataTelemetry.Source.StartActivity(
            $"{endpoint.Method} {_pathTemplate}",
            ActivityKind.Client,
            parentContext: default,
            _serverTags
        );
        _span?.SetTag("url.template", _pathTemplate);
        _span?.SetTag("url.full", $"{settings.BaseAddress.AbsoluteUri}/{endpoint.PathWithoutQuery}");
        NodeDataTelemetry.ActiveRequests.Add(1, _serverTags);
    }

    public static CallTelemetry? StartIfEnabled(Endpoint endpoint, TransportSettings settings) =>
        NodeDataTelemetry.IsEnabled ? new CallTelemetry(endpoint, settings) : null;

    /// <summary>Starts an attempt and clears the data of the previous response.</summary>
    public void StartAttempt() => (_status, _requestId) = (null, null);

    public void RecordResponse(int status, string? requestId) => (_status, _requestId) = (status, requestId);

    /// <summary>Records the outcome of an exchange.</summary>
    public void RecordOutcome(NodeDataException? exception)
    {
        _errorType = exception is null ? null : GetErrorType(exception);
        if (_span is not null)
        {
            var tags = new ActivityTagsCollection { { "http.request.resend_count", _attempts } };
            AddIfNotNull(tags, "http.response.status_code", _status);
            AddIfNotNull(tags, "error.type", _errorType);
            AddIfNotNull(tags, "nodedata.request_id", _requestId);
            _span.AddEvent(new ActivityEvent("nodedata.attempt", _timeProvider.GetUtcNow(), tags));
            _span.SetTag("nodedata.request_id", _requestId);
        }

        _attempts++;
    }

    /// <summary>Records the exception that the call throws.</summary>
    public void RecordException(Exception exception) => _errorType = GetErrorType(exception);

    public void Dispose()
    {
        NodeDataTelemetry.ActiveRequests.Add(-1, _serverTags);
        var tags = _serverTags;
        tags.Add("url.template", _pathTemplate);
        if (_status is { } status)
        {
            tags.Add("http.response.status_code", status);
            _span?.SetTag("http.response.status_code", status);
        }

        if (_errorType is not null)
        {
            tags.Add("error.type", _errorType);
            _span?.SetTag("error.type", _errorType);
            _span?.SetStatus(ActivityStatusCode.Error);
        }

        if (_attempts > 1)
        {
            _span?.SetTag("http.request.resend_count", _attempts - 1);
        }

        NodeDataTelemetry.RequestDuration.Record(_timeProvider.GetElapsedTime(_startTimestamp).TotalSeconds, tags);
        _span?.Dispose();
    }

    // OpenTelemetry's conventions require the status if there was a response, else the type of the exception.
    private static string GetErrorType(Exception exception) =>
        exception is NodeDataApiException apiException and not NodeDataResponseFormatException
            ? ((int)apiException.Status).ToString(CultureInfo.InvariantCulture)
            : exception.GetType().FullName!;

    private static void AddIfNotNull(ActivityTagsCollection tags, string name, object? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}
