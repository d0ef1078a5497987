namespace NodeData.Sdk;

/// <summary>
/// When keys are to be rotated: after the service's guide, at least every 90 days. Immutable; each member is checked where it is set. Safe for use by several
/// threads.
/// </summary>
/// <example><c>ApiKeyRotationReport review = new ApiKeyRotationPolicy().Review(node.Keys.List(), time.GetUtcNow());</c></example>
public sealed record ApiKeyRotationPolicy
{
    internal const int DefaultMaximumAgeDays = 90;
    internal const int DefaultWarnBeforeDays = 14;
    internal const int DefaultIdleAfterDays = 30;

    private readonly TimeSpan _maximumAge = TimeSpan.FromDays(DefaultMaximumAgeDays);
    private readonly TimeSpan _warnBefore = TimeSpan.FromDays(DefaultWarnBeforeDays);
    private readonly TimeSpan _idleAfter = TimeSpan.FromDays(DefaultIdleAfterDays);

    /// <summary>How old a key may become; above zero. The default is 90 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public TimeSpan MaxAge
    {
        get => _maximumAge;
        init => _maximumAge = AboveZero(value);
    }

    /// <summary>How long before its maximum age, or before its expiry, a key is due; above zero. The default is 14 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public TimeSpan WarningPeriod
    {
        get => _warnBefore;
        init => _warnBefore = AboveZero(value);
    }

    /// <summary>How long a key may go unused, from its creation or its last use; above zero. The default is 30 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public TimeSpan IdleThreshold
    {
        get => _idleAfter;
        init => _idleAfter = AboveZero(value);
    }

    /// <summary>Looks through keys. Those that are revoked or expired are left out; nothing is said where the service did not say enough.</summary>
    /// <param name="keys">The keys, such as <see cref="KeysClient.List"/> gives them.</param>
    /// <param name="now">The moment that counts.</param>
    public ApiKeyRotationReport Evaluate(IEnumerable<ApiKeyInfo> keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var alive = keys.Where(key => !Keys.Rotation.KeyLife.IsOver(key, now)).ToList();
        return new ApiKeyRotationReport
        {
            Overdue = [.. alive.Where(key => now - key.CreatedAt > MaxAge)],
            Due = [.. alive.Where(key => IsDue(key, now))],
            NeverUsed = [.. alive.Where(key => key.LastUsedAt is null && now - key.CreatedAt > IdleThreshold)],
            Idle = [.. alive.Where(key => now - key.LastUsedAt > IdleThreshold)],
            WithoutExpiry = [.. alive.Where(key => key.ExpiresAt is null)],
        };
    }

    private bool IsDue(ApiKeyInfo key, DateTimeOffset now)
    {
        var age = now - key.CreatedAt;
        return (age <= MaxAge && age > MaxAge - WarningPeriod) || key.ExpiresAt - now < WarningPeriod;
    }

    private static TimeSpan AboveZero(TimeSpan value) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time above zero is expected.");
}
