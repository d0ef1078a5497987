using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Redis.Connections;
using NodeData.Sdk.Redis.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides an extension method that registers the claim store in Redis.</summary>
public static class NodeDataRedisServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="RedisWebhookClaimStore"/> as the application's <see cref="IWebhookClaimStore"/>, as a singleton. It connects with the options, or
    /// else with <c>NodeData:Webhooks:Redis:ConnectionString</c> of the configuration, or else uses the <c>IConnectionMultiplexer</c> in the container. The
    /// options are validated when the host starts. If Redis is unavailable at startup, a warning is logged, and the receiver responds with 503 until Redis is
    /// available.
    /// </summary>
    /// <remarks>If the method is called again, the store is not registered again; the delegates are applied in the order of the calls.</remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Configures the options; takes precedence over the configuration.</param>
    /// <returns>The same service collection, for chaining.</returns>
    public static IServiceCollection AddNodeDataRedisClaimStore(
        this IServiceCollection services,
        Action<RedisWebhookClaimStoreOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(RedisWebhookClaimStore)))
        {
            AddClaimStore(services);
        }

        return configure is null ? services : services.Configure(configure);
    }

    // The section is applied before every delegate, so that code takes precedence.
    private static void AddClaimStore(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RedisWebhookClaimStoreOptions>, RedisOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisWebhookClaimStoreOptions>, RedisOptionsValidator>());
        services.AddOptions<RedisWebhookClaimStoreOptions>().ValidateOnStart();
        services.AddSingleton(static provider => RegisteredConnection.Create(provider, GetOptions(provider)));
        services.AddSingleton(static provider => new RedisWebhookClaimStore(
            provider.GetRequiredService<RedisConnection>(),
            GetOptions(provider)
        ));
        services.AddSingleton<IWebhookClaimStore>(static provider => provider.GetRequiredService<RedisWebhookClaimStore>());
        services.AddSingleton<IHostedService, RedisStartupService>();
    }

    private static RedisWebhookClaimStoreOptions GetOptions(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<RedisWebhookClaimStoreOptions>>().Value;
}
