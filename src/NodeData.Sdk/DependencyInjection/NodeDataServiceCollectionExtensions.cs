using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodeData.Sdk;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of Node Data.</summary>
public static class NodeDataServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="NodeClient"/> as a singleton over pooled connections. Its options come from the code, then from the section <c>NodeData</c> of
    /// the configuration, then from <c>NODE_DATA_API_KEY</c> and <c>NODE_DATA_BASE_URL</c>, and are validated when the host starts. A key that is replaced in
    /// the configuration is used by the next call; every other change needs a restart.
    /// </summary>
    /// <remarks>Called again, it registers nothing twice; the delegates are applied in the order of the calls.</remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">What the code decides; beats the configuration.</param>
    /// <returns>A builder for the client's HTTP.</returns>
    public static NodeDataBuilder AddNodeData(this IServiceCollection services, Action<NodeClientOptions>? configure = null) =>
        Add(services, Options.Options.DefaultName, configure);

    /// <summary>
    /// Registers a <see cref="NodeClient"/> under a name, as a keyed singleton: <c>[FromKeyedServices("billing")] NodeClient node</c>. Its section is
    /// <c>NodeData:Clients:name</c>. It never takes another client's key, nor <c>NODE_DATA_API_KEY</c>.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The client's name; without a colon.</param>
    /// <param name="configure">What the code decides; beats the configuration.</param>
    /// <returns>A builder for the client's HTTP.</returns>
    /// <exception cref="ArgumentException">The name is blank or holds a colon.</exception>
    public static NodeDataBuilder AddNodeData(this IServiceCollection services, string name, Action<NodeClientOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.Contains(':', StringComparison.Ordinal)
            ? throw new ArgumentException(
                "The name of a client is a part of a path in the configuration, so it has no colon.",
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
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<NodeClientOptions>, NodeClientOptionsSetup>());
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
                // At its most talkative level the factory's own logging shows headers.
                .RemoveAllLoggers()
                // Handlers meant for every client of the application may repeat a POST; those added to this very client come after this line and stay.
                .ConfigureAdditionalHttpMessageHandlers(static (handlers, _) => handlers.Clear())
            : builder;
    }
}
