using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>What the handling of a delivery goes by.</summary>
internal sealed record ReceiverSettings
{
    public required string Receiver { get; init; }

    public required IWebhookClaimStore ClaimStore { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required TimeSpan Lease { get; init; }

    public required TimeSpan Retention { get; init; }

    public required int MaxAttempts { get; init; }

    public required Func<WebhookDeadLetter, CancellationToken, Task<bool>>? DeadLetter { get; init; }

    public required bool ProcessWithoutClaim { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Opens the scopes that handlers take services from; null where there is no container.</summary>
    public required IServiceScopeFactory? ScopeFactory { get; init; }
}
