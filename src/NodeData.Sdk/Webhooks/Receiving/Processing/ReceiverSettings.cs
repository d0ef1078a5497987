using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>The settings of a receiver.</summary>
internal sealed record ReceiverSettings
{
    public required string ReceiverName { get; init; }

    public required IWebhookClaimStore ClaimStore { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required TimeSpan Lease { get; init; }

    public required TimeSpan Retention { get; init; }

    public required int MaxAttempts { get; init; }

    public required Func<WebhookDeadLetter, CancellationToken, Task<bool>>? DeadLetter { get; init; }

    public required bool ProcessWithoutClaim { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Gets the factory of the scopes that handlers resolve services from; null if there is no container.</summary>
    public required IServiceScopeFactory? ScopeFactory { get; init; }
}
