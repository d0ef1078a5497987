namespace NodeData.Sdk;

/// <summary>
/// Represents the result of evaluating keys with a <see cref="ApiKeyRotationPolicy"/>. A key may be in several lists. Contains no secret. Immutable.
/// </summary>
public sealed record ApiKeyRotationReport
{
    /// <summary>Keys that are older than the policy allows and still accepted.</summary>
    public IReadOnlyList<ApiKeyInfo> Overdue { get; init; } = [];

    /// <summary>Keys that will soon be too old, or will soon expire.</summary>
    public IReadOnlyList<ApiKeyInfo> Due { get; init; } = [];

    /// <summary>Keys that have not been used since they were created some time ago: revoke them, or find out which program needs them.</summary>
    public IReadOnlyList<ApiKeyInfo> NeverUsed { get; init; } = [];

    /// <summary>Keys that have not been used for some time.</summary>
    public IReadOnlyList<ApiKeyInfo> Idle { get; init; } = [];

    /// <summary>Keys that do not expire and are accepted until they are revoked.</summary>
    public IReadOnlyList<ApiKeyInfo> WithoutExpiry { get; init; } = [];

    /// <summary>Whether no key is due or overdue.</summary>
    public bool IsCompliant => Overdue.Count == 0 && Due.Count == 0;
}
