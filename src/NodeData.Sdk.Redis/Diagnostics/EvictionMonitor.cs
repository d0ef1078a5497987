using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Diagnostics;

/// <summary>
/// Checks whether a server may evict keys, after the first connection and after each reconnection, because a different server may have taken over.
/// </summary>
internal static class EvictionMonitor
{
    public static void Start(IConnectionMultiplexer connection, ILogger logger)
    {
        connection.ConnectionRestored += (_, restored) =>
        {
            if (restored is { ConnectionType: ConnectionType.Interactive, EndPoint: { } address })
            {
                _ = CheckAsync(connection.GetServer(address), logger);
            }
        };
        foreach (var server in connection.GetServers().Where(server => server.IsConnected))
        {
            _ = CheckAsync(server, logger);
        }
    }

    public static async Task CheckAsync(IServer server, ILogger logger)
    {
        var name = FormatEndPoint(server.EndPoint);
        try
        {
            // INFO returns the policy, as CONFIG does, and more users are permitted to run it. It runs in a script because the client allows a direct INFO only
            // with allowAdmin.
            var memory = (string?)await server.ExecuteAsync("EVAL", "return redis.call('INFO', 'memory')", "0").ConfigureAwait(false) ?? "";
            var policy = GetValue(memory, "maxmemory_policy");
            if (policy is null)
            {
                logger.EvictionUnknown(name, "no maxmemory_policy");
            }
            else if (policy != "noeviction" && GetValue(memory, "maxmemory") != "0")
            {
                logger.MayEvict(name, policy);
            }
        }
        catch (Exception exception)
            when (exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException)
        {
            var reason = exception.GetType().Name;
            logger.EvictionUnknown(name, reason);
        }
    }

    private static string? GetValue(string info, string name)
    {
        foreach (var line in info.Split('\n'))
        {
            if (line.StartsWith(name + ':', StringComparison.Ordinal))
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }

    private static string FormatEndPoint(EndPoint? address) =>
        address is DnsEndPoint named ? $"{named.Host}:{named.Port}" : address?.ToString() ?? "an unknown address";
}
