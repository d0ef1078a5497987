using System.Text;
using System.Text.Json;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator;

/// <summary>A fault that is injected into an API request. Created by the factory methods. Immutable.</summary>
public sealed record EmulatorFault
{
    // The maximum due time of a timer.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private EmulatorFault() { }

    internal enum FaultKind
    {
        RespondWith,
        Delay,
        ResetConnection,
        Truncate,
        DropResponse,
    }

    internal FaultKind Kind { get; private init; }

    internal TimeSpan WorkDelay { get; private init; }

    internal int Bytes { get; private init; }

    internal int StatusCode { get; private init; }

    internal string? Body { get; private init; }

    internal string ContentType { get; private init; } = Response.JsonContentType;

    internal IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>Responds with a status code instead of processing the request.</summary>
    /// <param name="status">The status code, 200 to 599.</param>
    /// <param name="body">
    /// The body; null for an error in the service's error format with the code <c>fault</c>. The status codes 204, 205 and 304 have no body.
    /// </param>
    /// <param name="headers">The response headers, such as <c>Retry-After</c>; null for none.</param>
    /// <param name="contentType">The content type of the body.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status code is not between 200 and 599.</exception>
    /// <exception cref="ArgumentException">The name or value of a header is not allowed in HTTP.</exception>
    public static EmulatorFault RespondWith(
        int status,
        string? body = null,
        IReadOnlyDictionary<string, string>? headers = null,
        string contentType = Response.JsonContentType
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            if (!Header.IsAllowed(name, value))
            {
                throw new ArgumentException("The name or value of a header of the fault is not allowed in HTTP.", nameof(headers));
            }
        }

        return new EmulatorFault
        {
            Kind = FaultKind.RespondWith,
            StatusCode = status,
            Body = body,
            ContentType = contentType,
            Headers = headers ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>
    /// Responds with 503 in the error format of the gateway in front of the service, with the code <c>maintenance</c> (contract, "Errors"), instead of
    /// processing the request.
    /// </summary>
    /// <param name="retryAfter">The delay after which clients should retry: zero or more, rounded up to whole seconds.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static EmulatorFault RespondWithMaintenance(TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        var body = new GateBody("maintenance", "The service is closed for maintenance.", (long)Math.Ceiling(retryAfter.TotalSeconds));
        return RespondWith(503, JsonSerializer.Serialize(body, ResponsesJson.Default.GateBody));
    }

    /// <summary>Delays the processing of the request, on the emulator's clock. If the client disconnects earlier, the request is not processed.</summary>
    /// <param name="delay">The delay: zero or more, at most 4,294,967,294 milliseconds (49 days).</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public static EmulatorFault Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, MaxDelay);
        return new EmulatorFault { Kind = FaultKind.Delay, WorkDelay = delay };
    }

    /// <summary>Resets the connection without processing the request.</summary>
    /// <returns>The fault.</returns>
    public static EmulatorFault ResetConnection() => new() { Kind = FaultKind.ResetConnection };

    /// <summary>Processes the request and truncates the response body; <c>Content-Length</c> states the full length.</summary>
    /// <param name="bytes">The number of body bytes to send: zero or more. The last byte is never sent.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static EmulatorFault Truncate(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new EmulatorFault { Kind = FaultKind.Truncate, Bytes = bytes };
    }

    /// <summary>Processes the request and resets the connection without sending the response.</summary>
    /// <returns>The fault.</returns>
    public static EmulatorFault DropResponse() => new() { Kind = FaultKind.DropResponse };

    internal Response ToResponse(string requestId)
    {
        var response =
            StatusCode is 204 or 205 or 304 ? new Response(StatusCode, ReadOnlyMemory<byte>.Empty, ContentType)
            : Body is null ? new ApiErrorException(StatusCode, "fault", "An injected fault.").ToResponse(requestId)
            : new Response(StatusCode, Encoding.UTF8.GetBytes(Body), ContentType);
        return response with { Headers = [.. Headers] };
    }
}
