using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Redis.Connections;
using NodeData.Sdk.Redis.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the delivery log in Redis.</summary>
public static class NodeDataRedisServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="RedisWebhookClaimStore"/> as the application's <see cref="IWebhookClaimStore"/>, a singleton. Its Redis is the one that the code
    /// names, else <c>NodeData:Webhooks:Redis:ConnectionString</c> of the configuration, else the <c>IConnectionMultiplexer</c> in the container. The options are
    /// validated when the host starts; Redis being away then is a warning, and deliveries are refused until it is back.
    /// </summary>
    /// <remarks>Called again, it registers nothing twice; the delegates are applied in the order of the calls.</remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">What the code decides; beats the configuration.</param>
    /// <returns>The same services.</returns>
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

    // The section before every delegate, so that the code beats it.
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
