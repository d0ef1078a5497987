namespace NodeData.Sdk.DependencyInjection.Health;

/// <summary>Defines what a health check verifies.</summary>
internal sealed record HealthExpectations
{
    /// <summary>
    /// If fewer requests remain in the current minute, the check reports Degraded. The limit is 1,000 reads per minute (contract, "Rate limits").
    /// </summary>
    public const int LowRemainingRequests = 50;

    public static readonly TimeSpan DefaultExpiryWarning = TimeSpan.FromDays(14);

    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public required IReadOnlyCollection<ApiKeyScope> RequiredScopes { get; init; }

    public required TimeSpan ExpiryWarning { get; init; }

    public required TimeSpan Timeout { get; init; }
}
