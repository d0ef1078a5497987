using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers receivers of webhooks that have no web server: for the consumer of a queue, a function, a worker.</summary>
public static class NodeDataWebhookServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="WebhookReceiver"/> as a keyed singleton under its name; the first one also without a key. It is made when the host starts, so that a
    /// mistake shows then. In ASP.NET Core, <c>MapNodeDataWebhooks</c> of the package <c>NodeData.Sdk.AspNetCore</c> needs no registration.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The receiver's name, a part of what is claimed: the same in each process that receives the same events.</param>
    /// <param name="configureHandlers">Names the handlers.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentException">The name is blank, or a receiver of this name is registered already.</exception>
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
            throw new ArgumentException(
                $"A webhook receiver called {name} is registered already. Give this one another name.",
                nameof(name)
            );
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

    // Throws with the mistake: the host shows it and does not start.
    private static bool TryCreateReceiver(IServiceProvider provider, string name) =>
        provider.GetRequiredKeyedService<WebhookReceiver>(name) is not null;
}
