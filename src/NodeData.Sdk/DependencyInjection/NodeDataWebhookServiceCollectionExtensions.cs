using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register webhook receivers without a web server, for example in a queue consumer, a function or a worker.</summary>
public static class NodeDataWebhookServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="WebhookReceiver"/> as a keyed singleton under its name; the first receiver is also registered without a key. It is created when
    /// the host starts, so that configuration errors stop the host. In ASP.NET Core, <c>MapNodeDataWebhooks</c> of the package <c>NodeData.Sdk.AspNetCore</c>
    /// needs no registration.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the receiver, which is part of the claim key; use the same name in all processes that receive the same events.</param>
    /// <param name="configureHandlers">Registers the handlers.</param>
    /// <param name="configure">Configures the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or a receiver with this name is already registered.</exception>
    public static IServiceCollection AddNodeDataWebhookReceiver(
        this IServiceCollection services,
        string name,
        Action<WebhookHandlers> configureHandlers,
        Action<WebhookReceiverOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configureHandlers);
        if (services.Any(service => service.ServiceType == typeof(WebhookReceiver) && Equals(service.ServiceKey, name)))
        {
            throw new ArgumentException($"A webhook receiver named '{name}' is already registered. Use a different name.", nameof(name));
        }

        var isFirst = services.All(service => service.ServiceType != typeof(WebhookReceiver));
        services.AddKeyedSingleton(name, (provider, _) => WebhookReceiver.Create(provider, name, configureHandlers, configure));
        if (isFirst)
        {
            services.AddSingleton(provider => provider.GetRequiredKeyedService<WebhookReceiver>(name));
        }

        services
            .AddOptions<WebhookReceiverStartupOptions>(name)
            .Validate<IServiceProvider>((_, provider) => TryCreateReceiver(provider, name))
            .ValidateOnStart();
        return services;
    }

    // An exception that this method throws prevents the host from starting.
    private static bool TryCreateReceiver(IServiceProvider provider, string name) =>
        provider.GetRequiredKeyedService<WebhookReceiver>(name) is not null;
}
