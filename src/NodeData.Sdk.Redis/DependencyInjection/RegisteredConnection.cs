using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Redis.Connections;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>Creates the connection of an application's claim store: from the options, or else from the container.</summary>
internal static class RegisteredConnection
{
    public static RedisConnection Create(IServiceProvider services, RedisWebhookClaimStoreOptions options)
    {
        var logger = services.GetService<ILogger<RedisWebhookClaimStore>>() ?? NullLogger<RedisWebhookClaimStore>.Instance;
        if (ConnectionSettings.FromOptions(options) is { } settings)
        {
            return RedisConnection.FromSettings(settings, logger);
        }

        return services.GetService<IConnectionMultiplexer>() is { } connection
            ? RedisConnection.FromExisting(connection, logger)
            : throw new NodeDataConfigurationException(
                $"The claim store has no connection to Redis. Set {RedisOptionsSetup.SectionPath}:ConnectionString, or "
                    + "RedisWebhookClaimStoreOptions.Connection in code, or register an IConnectionMultiplexer."
            );
    }
}
