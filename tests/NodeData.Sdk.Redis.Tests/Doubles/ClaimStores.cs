using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>Creates claim stores with a call timeout that only a hang reaches, not a slow machine.</summary>
internal static class ClaimStores
{
    public static RedisWebhookClaimStore CreateWithLongTimeout(
        IConnectionMultiplexer connection,
        string keyPrefix = "nodedata:webhooks:"
    ) => new(connection, new RedisWebhookClaimStoreOptions { CallTimeout = TimeSpan.FromMinutes(1), KeyPrefix = keyPrefix });
}
