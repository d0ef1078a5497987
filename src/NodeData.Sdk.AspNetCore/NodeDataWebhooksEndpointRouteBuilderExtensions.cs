using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodeData.Sdk;
using NodeData.Sdk.AspNetCore;
using NodeData.Sdk.Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods that map webhook receivers to routes.</summary>
public static class NodeDataWebhooksEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a route that receives webhooks. Each request is verified, a claim on its event is acquired for each handler, and the handlers run; the response is
    /// 200 only if all of them succeed. The secrets are read from <c>NodeData:WebhookSecrets</c> or <c>NODE_DATA_WEBHOOK_SECRET</c> (several, separated by
    /// commas), and changes are applied. The claim store is the <see cref="IWebhookClaimStore"/> in the container, or else an in-memory store, which is for one
    /// process.
    /// </summary>
    /// <remarks>
    /// The route accepts POST only. Requests are authenticated by their signature, so the route allows anonymous callers and does not require an antiforgery
    /// token. Middleware that runs before the route must not read, decompress or rewrite the body.
    /// </remarks>
    /// <param name="endpoints">The application's endpoint routes.</param>
    /// <param name="pattern">The route pattern, such as <c>/webhooks/nodedata</c>.</param>
    /// <param name="configureHandlers">Registers the handlers.</param>
    /// <param name="configure">Configures the options.</param>
    /// <param name="name">
    /// The receiver's name, which is part of every claim key. Use the same name in every process that receives the same events, and different names for
    /// different modes and endpoints. The default is the pattern.
    /// </param>
    /// <returns>A builder to configure the endpoint further.</returns>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret or no handler, another receiver has the same name, or a setting is invalid; the exception message contains the setting and the
    /// remedy.
    /// </exception>
    public static IEndpointConventionBuilder MapNodeDataWebhooks(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Action<WebhookHandlers> configureHandlers,
        Action<WebhookReceiverOptions>? configure = null,
        string? name = null
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var receiver = WebhookReceiver.Create(endpoints.ServiceProvider, name ?? pattern, configureHandlers, configure);
        // The only hook that needs no registration is synchronous. It blocks the shutdown, at most for one lease, before the container is disposed.
        endpoints
            .ServiceProvider.GetService<IHostApplicationLifetime>()
            ?.ApplicationStopped.Register(() => receiver.DisposeAsync().AsTask().GetAwaiter().GetResult());
        return endpoints.MapNodeDataWebhooks(pattern, receiver);
    }

    /// <summary>Maps a route that receives webhooks with an existing receiver. The caller disposes of the receiver.</summary>
    /// <param name="endpoints">The application's endpoint routes.</param>
    /// <param name="pattern">The route pattern, such as <c>/webhooks/nodedata</c>.</param>
    /// <param name="receiver">The receiver.</param>
    /// <returns>A builder to configure the endpoint further.</returns>
    /// <exception cref="NodeDataConfigurationException">Another receiver has the same name.</exception>
    public static IEndpointConventionBuilder MapNodeDataWebhooks(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        WebhookReceiver receiver
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(receiver);
        ReceiverNames.Register(endpoints.ServiceProvider, receiver, pattern);
        RequestDelegate handler = new WebhookEndpointHandler(receiver).HandleAsync;
        return endpoints
            .MapPost(pattern, handler)
            .WithDisplayName($"Node Data webhooks ({receiver.Name})")
            .WithMetadata(new AllowAnonymousAttribute())
            .DisableAntiforgery();
    }
}
