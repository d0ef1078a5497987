namespace NodeData.Sdk;

/// <summary>
/// One try of a rotation to bring a new key to its places: the exact request that makes the key, written down before it is sent, so that it can be sent again
/// to the letter. A rotation needs a second one only where a process ended while it deployed, because a secret cannot be had again. Holds no secret; immutable.
/// </summary>
/// <param name="Name">The new key's name, which belongs to this attempt alone.</param>
/// <param name="IdempotencyKey">The name of the request.</param>
public sealed record ApiKeyRotationAttempt(string Name, string IdempotencyKey)
{
    /// <summary>Until when the new key is to be accepted; null for ever.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The new key's id; null until it is about to be deployed.</summary>
    public string? KeyId { get; init; }

    /// <summary>How the new key may be shown; null until it is about to be deployed.</summary>
    public string? KeyHint { get; init; }

    /// <summary>Whether deploying its key began, so that somebody may have it.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>Whether it was given up before anybody had its key.</summary>
    public bool IsWithdrawn { get; init; }
}
