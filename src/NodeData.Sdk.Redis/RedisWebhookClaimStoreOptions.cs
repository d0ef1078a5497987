using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Redis;
using StackExchange.Redis;

namespace NodeData.Sdk.Webhooks;

/// <summary>How a delivery log in Redis works. Read when the log is made; a later change does not reach it.</summary>
public sealed class RedisWebhookClaimStoreOptions
{
    internal const string DefaultKeyPrefix = "nodedata:webhooks:";

    internal static readonly TimeSpan DefaultCallTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Where Redis is, as StackExchange.Redis writes it: <c>redis.internal:6379,password=…,ssl=true</c>. Used by <c>AddNodeDataRedisClaimStore</c> alone; never
    /// shown. The default is none.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The same in code, instead of <see cref="ConnectionString"/>. It is copied; <see cref="ConfigurationOptions.AbortOnConnectFail"/> is turned off, so that
    /// a program starts while Redis is away, and calls fail at once while there is no connection instead of queueing. The default is none.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public ConfigurationOptions? Connection { get; set; }

    /// <summary>What all keys begin with, before the receiver's name. 1 to 100 visible ASCII characters without braces. The default is nodedata:webhooks:.</summary>
    public string KeyPrefix { get; set; } = DefaultKeyPrefix;

    /// <summary>
    /// How long one call may take, connecting included, before it fails. More than zero, at most a minute; the default is 2 seconds. A call that was given up may
    /// have been carried out.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = DefaultCallTimeout;

    /// <summary>The clock that <see cref="CallTimeout"/> is measured with. Leases and retention run on Redis's own. The default is that of the system.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    /// <summary>What the configuration said and could not be read.</summary>
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
            yield return "RedisWebhookClaimStoreOptions.KeyPrefix is not usable. Give 1 to 100 visible ASCII characters without braces, such as orders:webhooks:.";
        }

        if (CallTimeout <= TimeSpan.Zero || CallTimeout > TimeSpan.FromMinutes(1))
        {
            yield return $"RedisWebhookClaimStoreOptions.CallTimeout is {CallTimeout}. Give more than zero and at most a minute.";
        }

        if (TimeProvider is null)
        {
            yield return "RedisWebhookClaimStoreOptions.TimeProvider is null. Leave it out for the system's clock.";
        }

        if (ConnectionString is not null && Connection is not null)
        {
            yield return "RedisWebhookClaimStoreOptions has both a ConnectionString and a Connection. Give one of them.";
        }
    }

    internal void Check()
    {
        if (string.Join(" ", GetErrors()) is { Length: > 0 } errors)
        {
            throw new NodeDataConfigurationException(errors);
        }
    }
}
