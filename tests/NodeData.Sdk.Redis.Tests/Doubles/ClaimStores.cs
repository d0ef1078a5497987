using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>A log whose calls run out of time where something hangs, and not where the machine is slow.</summary>
internal static class ClaimStores
{
    public static RedisWebhookClaimStore CreateWithLongTimeout(
        IConnectionMultiplexer connection,
        string keyPrefix = "nodedata:webhooks:"
    ) => new(connection, new RedisWebhookClaimStoreOptions { CallTimeout = TimeSpan.FromMinutes(1), KeyPrefix = keyPrefix });
}
