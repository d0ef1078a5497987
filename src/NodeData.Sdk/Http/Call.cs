using System.Net;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk.Http;

/// <summary>Represents one logical call in progress: its endpoint, its limits and its state. Used by one thread at a time.</summary>
internal abstract class Call(
    Endpoint endpoint,
    TransportSettings settings,
    NodeRequestOptions? options,
    CancellationToken cancellationToken
)
{
    private readonly long _startTimestamp = settings.TimeProvider.GetTimestamp();

    public Endpoint Endpoint { get; } = endpoint;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public int MaxRetries => options?.MaxRetries ?? settings.MaxRetries;

    public TimeSpan MaxRetryAfter => settings.MaxRetryAfter;

    /// <summary>The number of attempts started. Sending the request again with a refreshed key is not counted.</summary>
    public int Attempts { get; private set; }

    /// <summary>The telemetry of the call; null if no listener is attached.</summary>
    public CallTelemetry? Telemetry { get; } = CallTelemetry.StartIfEnabled(endpoint, settings);

    public ILogger Logger => settings.Logger;

    /// <summary>The exception of the last attempt; null if it succeeded.</summary>
    public NodeDataException? Exception { get; private set; }

    /// <summary>The delay before the next attempt; null if no retry is scheduled.</summary>
    public TimeSpan? NextDelay { get; set; }

    private bool HasRefreshedKey { get; set; }

    private bool MayHaveBeenProcessed { get; set; }

    private NodeResponseInfo? LastResponse { get; set; }

    private TimeSpan TotalTimeout => options?.Timeout ?? settings.TotalTimeout;

    private TimeSpan RemainingTime => TotalTimeout - settings.TimeProvider.GetElapsedTime(_startTimestamp);

    /// <summary>Starts an attempt under the attempt timeout or the remaining total time, whichever is shorter.</summary>
    public Deadline StartAttempt()
    {
        ConnectionErrors.ThrowIfCanceled(this, null);
        Attempts++;
        MayHaveBeenProcessed |= Exception is NodeDataConnectionException { RequestMayHaveBeenProcessed: true } or NodeDataServerException;
        LastResponse = null;
        Telemetry?.StartAttempt();
        var attemptTimeout = settings.AttemptTimeout;
        // Read once: the remaining time may become negative between two reads, and a negative timeout is not valid.
        var remaining = RemainingTime;
        if (TotalTimeout == Timeout.InfiniteTimeSpan || (attemptTimeout != Timeout.InfiniteTimeSpan && attemptTimeout < remaining))
        {
            return new Deadline(attemptTimeout, "NodeClientOptions.AttemptTimeout", settings.TimeProvider, CancellationToken);
        }

        var optionName = options?.Timeout is null ? "NodeClientOptions.TotalTimeout" : "NodeRequestOptions.Timeout";
        return new Deadline(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, optionName, settings.TimeProvider, CancellationToken);
    }

    /// <summary>Records the outcome of an exchange; <paramref name="exception"/> is null if it succeeded.</summary>
    public void RecordOutcome(NodeDataException? exception)
    {
        Exception = exception;
        Telemetry?.RecordOutcome(exception);
    }

    /// <summary>Returns true on its first invocation; otherwise, false. The key is therefore refreshed at most once per call.</summary>
    public bool TryStartKeyRefresh() => !HasRefreshedKey && (HasRefreshedKey = true);

    /// <summary>Determines whether a 404 response means that an earlier attempt of the call succeeded.</summary>
    public bool IsAlreadyProcessed(in ResponseContext context) =>
        Endpoint.AllowNotFoundOnRetry && MayHaveBeenProcessed && context.Response.StatusCode is HttpStatusCode.NotFound;

    /// <summary>Determines whether the total timeout elapses before a delay ends.</summary>
    public bool ExpiresWithin(TimeSpan delay) => TotalTimeout != Timeout.InfiniteTimeSpan && RemainingTime <= delay;

    /// <summary>Records the metadata of a response for telemetry and for <see cref="NodeRequestOptions.OnResponse"/>.</summary>
    public void RecordResponse(in ResponseContext context)
    {
        Telemetry?.RecordResponse(context.Status, context.RequestId);
        if (options?.OnResponse is not null)
        {
            LastResponse = new NodeResponseInfo(
                context.Response.StatusCode,
                NodeResponseInfo.GetHeaders(context.Response),
                context.RequestId,
                context.RateLimit
            );
        }
    }

    protected void InvokeOnResponse()
    {
        if (LastResponse is { } response)
        {
            options!.OnResponse!(response);
        }
    }
}

/// <inheritdoc cref="Call"/>
internal sealed class Call<T>(
    Endpoint<T> endpoint,
    TransportSettings settings,
    NodeRequestOptions? options,
    CancellationToken cancellationToken
) : Call(endpoint, settings, options, cancellationToken)
{
    private T? _result;

    /// <summary>Reads the result from a successful response.</summary>
    public void ReadResult(in ResponseContext context) => _result = ((Endpoint<T>)Endpoint).Read(context);

    /// <summary>
    /// Completes the call: invokes <see cref="NodeRequestOptions.OnResponse"/>, then returns the result or throws the exception of the last attempt.
    /// </summary>
    public T GetResult()
    {
        if (Exception is not null)
        {
            ConnectionErrors.ThrowIfCanceled(this, Exception);
        }

        InvokeOnResponse();
        return Exception is null ? _result! : throw Exception;
    }
}
