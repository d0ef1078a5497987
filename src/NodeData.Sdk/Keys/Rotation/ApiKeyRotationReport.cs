namespace NodeData.Sdk;

/// <summary>
/// Represents the result of evaluating keys with a <see cref="ApiKeyRotationPolicy"/>. A key may be in several lists. Contains no secret. Immutable.
/// </summary>
public sealed record ApiKeyRotationReport
{
    /// <summary>The valid keys that are older than <see cref="ApiKeyRotationPolicy.MaxAge"/>.</summary>
    public IReadOnlyList<ApiKeyInfo> Overdue { get; init; } = [];

    /// <summary>
    /// The valid keys that are due for rotation: they reach their maximum age, or expire, within <see cref="ApiKeyRotationPolicy.WarningPeriod"/>.
    /// </summary>
    public IReadOnlyList<ApiKeyInfo> Due { get; init; } = [];

    /// <summary>
    /// The keys that were created more than <see cref="ApiKeyRotationPolicy.IdleThreshold"/> ago and were never used: revoke them, or find the application that
    /// needs them.
    /// </summary>
    public IReadOnlyList<ApiKeyInfo> NeverUsed { get; init; } = [];

    /// <summary>The keys that have not been used for <see cref="ApiKeyRotationPolicy.IdleThreshold"/>.</summary>
    public IReadOnlyList<ApiKeyInfo> Idle { get; init; } = [];

    /// <summary>The keys that do not expire and are valid until they are revoked.</summary>
    public IReadOnlyList<ApiKeyInfo> WithoutExpiry { get; init; } = [];

    /// <summary>true if no key is due for rotation or overdue; otherwise, false.</summary>
    public bool IsCompliant => Overdue.Count == 0 && Due.Count == 0;
}
