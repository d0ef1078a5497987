using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Redis;
using StackExchange.Redis;

namespace NodeData.Sdk.Webhooks;

/// <summary>Options for a claim store in Redis. They are read when the store is constructed; later changes have no effect.</summary>
public sealed class RedisWebhookClaimStoreOptions
{
    internal const string DefaultKeyPrefix = "nodedata:webhooks:";

    internal static readonly TimeSpan DefaultCallTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets or sets the connection string in the format of StackExchange.Redis: <c>redis.internal:6379,password=…,ssl=true</c>. Used only by
    /// <c>AddNodeDataRedisClaimStore</c>. Logs and exception messages never contain it. The default is none.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Gets or sets the connection settings in code, instead of <see cref="ConnectionString"/>. They are copied. In the copy,
    /// <see cref="ConfigurationOptions.AbortOnConnectFail"/> is false, so that the application starts while Redis is unavailable; if there is no connection,
    /// calls fail immediately instead of being queued. The default is none.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public ConfigurationOptions? Connection { get; set; }

    /// <summary>
    /// Gets or sets the prefix of all keys, before the receiver's name. 1 to 100 visible ASCII characters without braces. The default is nodedata:webhooks:.
    /// </summary>
    public string KeyPrefix { get; set; } = DefaultKeyPrefix;

    /// <summary>
    /// Gets or sets the maximum time allowed for one call, including the connection. Greater than zero, at most one minute. The default is 2 seconds. A call
    /// that timed out may nonetheless have changed the store.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = DefaultCallTimeout;

    /// <summary>
    /// Gets or sets the clock for <see cref="CallTimeout"/>. Leases and retention periods use the clock of Redis. The default is the system clock.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    /// <summary>Gets the errors for configuration values that could not be read.</summary>
    internal List<string> UnreadableSettings { get; } = [];

    internal IEnumerable<string> GetErrors()
    {
        foreach (var unreadable in UnreadableSettings)
        {
            yield return unreadable;
        }

        if (
            KeyPrefix is not { Length: >= 1 and <= 100 }
            || KeyPrefix.AsSpan().ContainsAnyExceptInRange('!', '~')
            || KeyPrefix.AsSpan().ContainsAny('{', '}')
        )
        {
            yield return "RedisWebhookClaimStoreOptions.KeyPrefix is invalid. It must be 1 to 100 visible ASCII characters without braces, "
                + "such as orders:webhooks:.";
        }

        if (CallTimeout <= TimeSpan.Zero || CallTimeout > TimeSpan.FromMinutes(1))
        {
            yield return $"RedisWebhookClaimStoreOptions.CallTimeout is {CallTimeout}. It must be greater than zero and at most one minute.";
        }

        if (TimeProvider is null)
        {
            yield return "RedisWebhookClaimStoreOptions.TimeProvider is null. Leave it unset to use the system clock.";
        }

        if (ConnectionString is not null && Connection is not null)
        {
            yield return "RedisWebhookClaimStoreOptions has both a ConnectionString and a Connection. Use one of the two.";
        }
    }

    internal void Validate()
    {
        if (string.Join(" ", GetErrors()) is { Length: > 0 } errors)
        {
            throw new NodeDataConfigurationException(errors);
        }
    }
}
