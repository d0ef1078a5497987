using System.Text;
using System.Text.Json;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator;

/// <summary>Something that goes wrong on demand. Made by its factories; immutable.</summary>
public sealed record EmulatorFault
{
    // What a timer can wait for.
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

    /// <summary>The answer is this status, and no work is done.</summary>
    /// <param name="status">200 to 599.</param>
    /// <param name="body">The body; null for an error in the service's own shape with the code <c>fault</c>. Statuses that allow none (204, 205, 304) come without.</param>
    /// <param name="headers">Headers of the answer, such as <c>Retry-After</c>.</param>
    /// <param name="contentType">The type of the body.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is none.</exception>
    /// <exception cref="ArgumentException">A header has a name or a value that HTTP does not allow.</exception>
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
                throw new ArgumentException("A header of the fault has a name or a value that HTTP does not allow.", nameof(headers));
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
    /// The gate in front of the service is closed on purpose: 503 in the gate's own error shape, with the code <c>maintenance</c> (contract, "Errors"); no work
    /// is done.
    /// </summary>
    /// <param name="retryAfter">For how long it says that it is closed; zero or more, in whole seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static EmulatorFault RespondWithMaintenance(TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        var body = new GateBody("maintenance", "The service is closed for maintenance.", (long)Math.Ceiling(retryAfter.TotalSeconds));
        return RespondWith(503, JsonSerializer.Serialize(body, ResponsesJson.Default.GateBody));
    }

    /// <summary>The work begins only after this time on the emulator's clock; a client that gives up before has had no work done.</summary>
    /// <param name="delay">Zero or more, 4,294,967,294 milliseconds (49 days) at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public static EmulatorFault Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, MaxDelay);
        return new EmulatorFault { Kind = FaultKind.Delay, WorkDelay = delay };
    }

    /// <summary>The connection is reset, and no work is done.</summary>
    public static EmulatorFault ResetConnection() => new() { Kind = FaultKind.ResetConnection };

    /// <summary>The work is done; its answer announces its whole length and ends after some bytes of its body.</summary>
    /// <param name="bytes">How many bytes of the body are sent: zero or more; never all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static EmulatorFault Truncate(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new EmulatorFault { Kind = FaultKind.Truncate, Bytes = bytes };
    }

    /// <summary>The work is done, and then the connection is reset without an answer.</summary>
    public static EmulatorFault DropResponse() => new() { Kind = FaultKind.DropResponse };

    internal Response ToResponse(string requestId)
    {
        var response =
            StatusCode is 204 or 205 or 304 ? new Response(StatusCode, ReadOnlyMemory<byte>.Empty, ContentType)
            : Body is null ? new ApiErrorException(StatusCode, "fault", "A fault that was asked for.").ToResponse(requestId)
            : new Response(StatusCode, Encoding.UTF8.GetBytes(Body), ContentType);
        return response with { Headers = [.. Headers] };
    }
}
