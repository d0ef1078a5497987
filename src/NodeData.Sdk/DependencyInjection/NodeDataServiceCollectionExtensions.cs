using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodeData.Sdk;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register Node Data clients.</summary>
public static class NodeDataServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="NodeClient"/> as a singleton with pooled connections. Options set in code take precedence over the <c>NodeData</c> section of the
    /// configuration, which takes precedence over <c>NODE_DATA_API_KEY</c> and <c>NODE_DATA_BASE_URL</c>. They are validated when the host starts. If the key
    /// changes in the configuration, the next call uses the new key; other changes require a restart.
    /// </summary>
    /// <remarks>
    /// Repeated calls register the client once; the delegates are applied in the order of the calls. If an <see cref="IApiKeyProvider"/> is registered (for a
    /// named client, a keyed one of its name), it provides the key, and <see cref="NodeClientOptions.ApiKey"/> must not be set.
    /// </remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Configures the options; takes precedence over the configuration.</param>
    /// <returns>A builder that configures the HTTP client of the registered client.</returns>
    public static NodeDataBuilder AddNodeData(this IServiceCollection services, Action<NodeClientOptions>? configure = null) =>
        Add(services, Options.Options.DefaultName, configure);

    /// <summary>
    /// Registers a named <see cref="NodeClient"/> as a keyed singleton: <c>[FromKeyedServices("billing")] NodeClient node</c>. Its configuration section is
    /// <c>NodeData:Clients:name</c>. It never uses the key of a different client or <c>NODE_DATA_API_KEY</c>.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the client, without a colon.</param>
    /// <param name="configure">Configures the options; takes precedence over the configuration.</param>
    /// <returns>A builder that configures the HTTP client of the registered client.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank or contains a colon.</exception>
    public static NodeDataBuilder AddNodeData(this IServiceCollection services, string name, Action<NodeClientOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.Contains(':', StringComparison.Ordinal)
            ? throw new ArgumentException(
                "The name of a client is part of a configuration path and must not contain a colon.",
                nameof(name)
            )
            : Add(services, name, configure);
    }

    private static NodeDataBuilder Add(IServiceCollection services, string name, Action<NodeClientOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var isFirst = services.All(service => service.ServiceType != typeof(RegisteredClient) || !Equals(service.ServiceKey, name));
        if (isFirst)
        {
            AddOptionsSetup(services);
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NodeClientOptions>, NodeClientOptionsValidator>());
            services.AddOptions<NodeClientOptions>(name).ValidateOnStart();
            services.AddKeyedSingleton(name, static (provider, key) => new RegisteredClient(provider, (string)key!));
            AddClient(services, name);
        }

        if (configure is not null)
        {
            services.Configure(name, configure);
        }

        return new NodeDataBuilder(AddHttpClient(services, name, isFirst), name);
    }

    // Inserted before everything else that configures the options, because code takes precedence, also where it was registered earlier.
    private static void AddOptionsSetup(IServiceCollection services)
    {
        if (services.All(service => service.IsKeyedService || service.ImplementationType != typeof(NodeClientOptionsSetup)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<NodeClientOptions>, NodeClientOptionsSetup>());
        }
    }

    private static void AddClient(IServiceCollection services, string name)
    {
        if (name.Length == 0)
        {
            services.AddSingleton(static provider =>
                provider.GetRequiredKeyedService<RegisteredClient>(Options.Options.DefaultName).Client
            );
        }
        else
        {
            services.AddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<RegisteredClient>(key).Client);
        }
    }

    private static IHttpClientBuilder AddHttpClient(IServiceCollection services, string name, bool isFirst)
    {
        var builder = services.AddHttpClient(RegisteredClient.GetHttpClientName(name));
        return isFirst
            ? builder
                .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(DefaultHttpClient.CreateHandler)
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                // At the Trace level, the factory logs headers.
                .RemoveAllLoggers()
                // Handlers for all HTTP clients of the application may retry a POST. Handlers that are added to this client later are kept.
                .ConfigureAdditionalHttpMessageHandlers(static (handlers, _) => handlers.Clear())
            : builder;
    }
}
