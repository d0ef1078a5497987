using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NodeData.Sdk.Http;

/// <summary>The settings of the transport: the options, validated and with all defaults applied.</summary>
internal sealed record TransportSettings
{
    /// <summary>The base address, without a trailing slash.</summary>
    public required Uri BaseAddress { get; init; }

    public required KeyMode? ExpectedMode { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required TimeSpan TotalTimeout { get; init; }

    public required int MaxRetries { get; init; }

    public required TimeSpan MaxRetryAfter { get; init; }

    public required int MaxResponseBytes { get; init; }

    /// <summary>Whether the handler is that of <see cref="DefaultHttpClient"/>, so that disposing a response ends a blocking read of its body.</summary>
    public bool IsDefaultHandler { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Returns random numbers from 0 to 1.</summary>
    public required Func<double> Jitter { get; init; }

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
