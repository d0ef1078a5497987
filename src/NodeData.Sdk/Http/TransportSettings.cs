using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NodeData.Sdk.Http;

/// <summary>What the transport goes by: the options, checked and with nothing left open.</summary>
internal sealed record TransportSettings
{
    /// <summary>Without a slash at its end.</summary>
    public required Uri BaseAddress { get; init; }

    public required KeyMode? ExpectedMode { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required TimeSpan TotalTimeout { get; init; }

    public required int MaxRetries { get; init; }

    public required TimeSpan MaxRetryAfter { get; init; }

    public required int MaxResponseBytes { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Gives numbers from 0 to 1.</summary>
    public required Func<double> Jitter { get; init; }

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
