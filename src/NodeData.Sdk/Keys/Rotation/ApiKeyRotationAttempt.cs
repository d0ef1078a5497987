namespace NodeData.Sdk;

/// <summary>
/// Represents one attempt of a rotation to deploy a new key: the exact request that creates the key, recorded before it is sent, so that it can be retried
/// unchanged. A rotation needs a second attempt if the process exited during deployment, because a secret cannot be read again. Contains no secret. Immutable.
/// </summary>
/// <param name="Name">The name of the new key, unique to this attempt.</param>
/// <param name="IdempotencyKey">The idempotency key of the request.</param>
public sealed record ApiKeyRotationAttempt(string Name, string IdempotencyKey)
{
    /// <summary>The time at which the new key expires; null if it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The ID of the new key; null until its deployment starts.</summary>
    public string? KeyId { get; init; }

    /// <summary>The masked form of the new key; null until its deployment starts.</summary>
    public string? KeyHint { get; init; }

    /// <summary>true if the deployment of the key has started, so that a sink may have it; otherwise, false.</summary>
    public bool HasDeploymentStarted { get; init; }

    /// <summary>true if the attempt was abandoned before its key was deployed; otherwise, false.</summary>
    public bool IsAbandoned { get; init; }
}
