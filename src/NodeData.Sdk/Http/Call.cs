using System.Net;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk.Http;

/// <summary>One logical call under way: what it asks for, the limits it is under, and how far it has come. Used by one thread at a time.</summary>
internal abstract class Call(Endpoint endpoint, TransportSettings settings, NodeRequestOptions? options, CancellationToken caller)
{
    private readonly long _started = settings.Time.GetTimestamp();

    public Endpoint Endpoint { get; } = endpoint;

    public CancellationToken Caller { get; } = caller;

    public int MaxRetries => options?.MaxRetries ?? settings.MaxRetries;

    public TimeSpan MaxRetryAfter => settings.MaxRetryAfter;

    /// <summary>How many attempts have begun; one repeated because of a new key is not counted.</summary>
    public int Attempts { get; private set; }

    /// <summary>What is told of the call; null where nobody listens.</summary>
    public CallTelemetry? Telemetry { get; } = CallTelemetry.StartIfListenedTo(endpoint, settings);

    public ILogger Logger => settings.Logger;

    /// <summary>What the last attempt ended with; null where it succeeded.</summary>
    public NodeDataException? Failure { get; private set; }

    /// <summary>How long to wait before the next attempt; null until there is to be one.</summary>
    public TimeSpan? NextDelay { get; set; }

    private bool KeyWasRefreshed { get; set; }

    private bool MayHaveBeenCarriedOut { get; set; }

    private NodeResponseInfo? LastResponse { get; set; }

    private TimeSpan TotalTimeout => options?.Timeout ?? settings.TotalTimeout;

    private TimeSpan Remaining => TotalTimeout - settings.Time.GetElapsedTime(_started);

    /// <summary>Begins an attempt, under whichever of the two limits comes first.</summary>
    public Deadline StartAttempt()
    {
        ConnectionErrors.ThrowIfCancelled(this, null);
        Attempts++;
        MayHaveBeenCarriedOut |= Failure is NodeDataConnectionException { RequestMayHaveBeenProcessed: true } or NodeDataServerException;
        LastResponse = null;
        Telemetry?.Attempting();
        var attempt = settings.AttemptTimeout;
        // Looked at once: it may end between two looks, and a time below zero is none.
        var remaining = Remaining;
        if (TotalTimeout == Timeout.InfiniteTimeSpan || (attempt != Timeout.InfiniteTimeSpan && attempt < remaining))
        {
            return new Deadline(attempt, "NodeClientOptions.AttemptTimeout", settings.Time, Caller);
        }

        var option = options?.Timeout is null ? "NodeClientOptions.TotalTimeout" : "NodeRequestOptions.Timeout";
        return new Deadline(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, option, settings.Time, Caller);
    }

    /// <summary>Ends an exchange with its failure, or with none.</summary>
    public void End(NodeDataException? failure)
    {
        Failure = failure;
        Telemetry?.Exchanged(failure);
    }

    /// <summary>Whether the provider may be asked for another key: once a call.</summary>
    public bool MayRefreshKey() => !KeyWasRefreshed && (KeyWasRefreshed = true);

    /// <summary>Whether an answer says that nothing is left to do, because an earlier attempt did it.</summary>
    public bool WasDoneBefore(in Answer answer) =>
        Endpoint.IsDoneWhenGone && MayHaveBeenCarriedOut && answer.Response.StatusCode is HttpStatusCode.NotFound;

    /// <summary>Whether the call's time ends before a wait of this length does.</summary>
    public bool EndsWithin(TimeSpan delay) => TotalTimeout != Timeout.InfiniteTimeSpan && Remaining <= delay;

    /// <summary>Keeps what came with an answer, where somebody wants to know.</summary>
    public void Note(in Answer answer)
    {
        Telemetry?.Answered(answer.Status, answer.RequestId);
        if (options?.OnResponse is not null)
        {
            LastResponse = new NodeResponseInfo(
                answer.Response.StatusCode,
                NodeResponseInfo.HeadersOf(answer.Response),
                answer.RequestId,
                answer.RateLimit
            );
        }
    }

    protected void TellResponse()
    {
        if (LastResponse is { } response)
        {
            options!.OnResponse!(response);
        }
    }
}

/// <inheritdoc cref="Call"/>
internal sealed class Call<T>(Endpoint<T> endpoint, TransportSettings settings, NodeRequestOptions? options, CancellationToken caller)
    : Call(endpoint, settings, options, caller)
{
    private T? _result;

    /// <summary>Takes the result from a successful answer.</summary>
    public void Read(in Answer answer) => _result = ((Endpoint<T>)Endpoint).Read(answer);

    /// <summary>Ends the call: tells the last answer to whoever wants to know, then gives the result, or throws what the last attempt ended with.</summary>
    public T Conclude()
    {
        if (Failure is not null)
        {
            ConnectionErrors.ThrowIfCancelled(this, Failure);
        }

        TellResponse();
        return Failure is null ? _result! : throw Failure;
    }
}
