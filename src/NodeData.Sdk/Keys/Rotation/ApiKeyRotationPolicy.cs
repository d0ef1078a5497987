namespace NodeData.Sdk;

/// <summary>
/// Defines when keys are due for rotation. The defaults follow the service's guide: at least every 90 days. Immutable; each property is validated when it is
/// set. Safe for use by several threads.
/// </summary>
/// <example><c>ApiKeyRotationReport report = new ApiKeyRotationPolicy().Evaluate(node.Keys.List(), time.GetUtcNow());</c></example>
public sealed record ApiKeyRotationPolicy
{
    internal const int DefaultMaxAgeDays = 90;
    internal const int DefaultWarningPeriodDays = 14;
    internal const int DefaultIdleThresholdDays = 30;

    private readonly TimeSpan _maxAge = TimeSpan.FromDays(DefaultMaxAgeDays);
    private readonly TimeSpan _warningPeriod = TimeSpan.FromDays(DefaultWarningPeriodDays);
    private readonly TimeSpan _idleThreshold = TimeSpan.FromDays(DefaultIdleThresholdDays);

    /// <summary>The maximum age of a key; greater than zero. The default is 90 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan MaxAge
    {
        get => _maxAge;
        init => _maxAge = CheckPositive(value);
    }

    /// <summary>
    /// The period before its maximum age, or before its expiration, in which a key is due for rotation; greater than zero. The default is 14 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan WarningPeriod
    {
        get => _warningPeriod;
        init => _warningPeriod = CheckPositive(value);
    }

    /// <summary>The maximum duration for which a key may be unused, since its creation or its last use; greater than zero. The default is 30 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan IdleThreshold
    {
        get => _idleThreshold;
        init => _idleThreshold = CheckPositive(value);
    }

    /// <summary>Evaluates keys. Revoked and expired keys are ignored, and so is a condition if the service did not return the data for it.</summary>
    /// <param name="keys">The keys, such as those that <see cref="KeysClient.List"/> returns.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The report.</returns>
    public ApiKeyRotationReport Evaluate(IEnumerable<ApiKeyInfo> keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var valid = keys.Where(key => !Keys.Rotation.ApiKeyInfoExtensions.IsRevokedOrExpired(key, now)).ToList();
        return new ApiKeyRotationReport
        {
            Overdue = [.. valid.Where(key => now - key.CreatedAt > MaxAge)],
            Due = [.. valid.Where(key => IsDue(key, now))],
            NeverUsed = [.. valid.Where(key => key.LastUsedAt is null && now - key.CreatedAt > IdleThreshold)],
            Idle = [.. valid.Where(key => now - key.LastUsedAt > IdleThreshold)],
            WithoutExpiry = [.. valid.Where(key => key.ExpiresAt is null)],
        };
    }

    private bool IsDue(ApiKeyInfo key, DateTimeOffset now)
    {
        var age = now - key.CreatedAt;
        return (age <= MaxAge && age > MaxAge - WarningPeriod) || key.ExpiresAt - now < WarningPeriod;
    }

    private static TimeSpan CheckPositive(TimeSpan value) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be greater than zero.");
}
