using System.Net;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk.Http;

/// <summary>One logical call under way: what it asks for, the limits it is under, and how far it has come. Used by one thread at a time.</summary>
internal abstract class Call(
    Endpoint endpoint,
    TransportSettings settings,
    NodeRequestOptions? options,
    CancellationToken cancellationToken
)
{
    private readonly long _started = settings.Time.GetTimestamp();

    public Endpoint Endpoint { get; } = endpoint;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public int MaxRetries => options?.MaxRetries ?? settings.MaxRetries;

    public TimeSpan MaxRetryAfter => settings.MaxRetryAfter;

    /// <summary>How many attempts have begun; one repeated because of a new key is not counted.</summary>
    public int Attempts { get; private set; }

    /// <summary>What is told of the call; null where nobody listens.</summary>
    public CallTelemetry? Telemetry { get; } = CallTelemetry.StartIfEnabled(endpoint, settings);

    public ILogger Logger => settings.Logger;

    /// <summary>What the last attempt ended with; null where it succeeded.</summary>
    public NodeDataException? Failure { get; private set; }

    /// <summary>How long to wait before the next attempt; null until there is to be one.</summary>
    public TimeSpan? NextDelay { get; set; }

    private bool HasRefreshedKey { get; set; }

    private bool MayHaveBeenProcessed { get; set; }

    private NodeResponseInfo? LastResponse { get; set; }

    private TimeSpan TotalTimeout => options?.Timeout ?? settings.TotalTimeout;

    private TimeSpan RemainingTime => TotalTimeout - settings.Time.GetElapsedTime(_started);

    /// <summary>Begins an attempt, under whichever of the two limits comes first.</summary>
    public Deadline StartAttempt()
    {
        ConnectionErrors.ThrowIfCanceled(this, null);
        Attempts++;
        MayHaveBeenProcessed |= Failure is NodeDataConnectionException { RequestMayHaveBeenProcessed: true } or NodeDataServerException;
        LastResponse = null;
        Telemetry?.StartAttempt();
        var attemptTimeout = settings.AttemptTimeout;
        // Looked at once: it may end between two looks, and a time below zero is none.
        var remaining = RemainingTime;
        if (TotalTimeout == Timeout.InfiniteTimeSpan || (attemptTimeout != Timeout.InfiniteTimeSpan && attemptTimeout < remaining))
        {
            return new Deadline(attemptTimeout, "NodeClientOptions.AttemptTimeout", settings.Time, CancellationToken);
        }

        var option = options?.Timeout is null ? "NodeClientOptions.TotalTimeout" : "NodeRequestOptions.Timeout";
        return new Deadline(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, option, settings.Time, CancellationToken);
    }

    /// <summary>Ends an exchange with its failure, or with none.</summary>
    public void CompleteExchange(NodeDataException? failure)
    {
        Failure = failure;
        Telemetry?.RecordExchange(failure);
    }

    /// <summary>Whether the provider may be asked for another key: once a call.</summary>
    public bool TryStartKeyRefresh() => !HasRefreshedKey && (HasRefreshedKey = true);

    /// <summary>Whether an answer says that nothing is left to do, because an earlier attempt did it.</summary>
    public bool IsAlreadyProcessed(in ResponseContext context) =>
        Endpoint.AllowNotFoundOnRetry && MayHaveBeenProcessed && context.Response.StatusCode is HttpStatusCode.NotFound;

    /// <summary>Whether the call's time ends before a wait of this length does.</summary>
    public bool ExpiresWithin(TimeSpan delay) => TotalTimeout != Timeout.InfiniteTimeSpan && RemainingTime <= delay;

    /// <summary>Keeps what came with an answer, where somebody wants to know.</summary>
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

    /// <summary>Takes the result from a successful answer.</summary>
    public void ReadResult(in ResponseContext context) => _result = ((Endpoint<T>)Endpoint).Read(context);

    /// <summary>Ends the call: tells the last answer to whoever wants to know, then gives the result, or throws what the last attempt ended with.</summary>
    public T GetResult()
    {
        if (Failure is not null)
        {
            ConnectionErrors.ThrowIfCanceled(this, Failure);
        }

        InvokeOnResponse();
        return Failure is null ? _result! : throw Failure;
    }
}
