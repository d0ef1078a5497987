namespace NodeData.Sdk;

/// <summary>What a <see cref="ApiKeyRotationPolicy"/> has to say about keys. A key may stand in several lists. Holds no secret; immutable.</summary>
public sealed record ApiKeyRotationReport
{
    /// <summary>Older than the policy allows, and still accepted.</summary>
    public IReadOnlyList<ApiKeyInfo> Overdue { get; init; } = [];

    /// <summary>About to become too old, or to expire.</summary>
    public IReadOnlyList<ApiKeyInfo> Due { get; init; } = [];

    /// <summary>Made some time ago and never used since: revoke it, or find out who waits for it.</summary>
    public IReadOnlyList<ApiKeyInfo> NeverUsed { get; init; } = [];

    /// <summary>Not used for some time.</summary>
    public IReadOnlyList<ApiKeyInfo> Idle { get; init; } = [];

    /// <summary>Accepted for ever, unless it is revoked.</summary>
    public IReadOnlyList<ApiKeyInfo> WithoutExpiry { get; init; } = [];

    /// <summary>Whether no key needs to be rotated now.</summary>
    public bool IsCompliant => Overdue.Count == 0 && Due.Count == 0;
}
