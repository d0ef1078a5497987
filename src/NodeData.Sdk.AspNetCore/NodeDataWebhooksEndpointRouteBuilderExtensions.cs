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

/// <summary>Maps receivers of webhooks to routes.</summary>
public static class NodeDataWebhooksEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Receives webhooks at a route: each delivery is verified, its event is claimed for each handler and handled, and is answered with 200 only then. The secrets
    /// come from <c>NodeData:WebhookSecrets</c> or <c>NODE_DATA_WEBHOOK_SECRET</c> (several, separated by commas) and follow their changes; the delivery log is the
    /// <see cref="IWebhookClaimStore"/> in the container, else one in memory, which serves one process.
    /// </summary>
    /// <remarks>
    /// POST alone is answered. The signature is the authentication, so the route is open to callers without an identity and needs no antiforgery token. Nothing may
    /// read, decompress or rewrite the body before it.
    /// </remarks>
    /// <param name="endpoints">The routes of the application.</param>
    /// <param name="pattern">The route, such as <c>/webhooks/nodedata</c>.</param>
    /// <param name="configureHandlers">Names the handlers.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="name">
    /// The receiver's name, a part of what is claimed: the same in each process that receives the same events, and another for another mode or endpoint. Left out,
    /// the pattern.
    /// </param>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret or no handler, two receivers have one name, or a setting cannot be used; the message names it and the cure.
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
        endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(receiver.Dispose);
        return endpoints.MapNodeDataWebhooks(pattern, receiver);
    }

    /// <summary>Receives webhooks at a route with a receiver of one's own, which stays one's own.</summary>
    /// <param name="endpoints">The routes of the application.</param>
    /// <param name="pattern">The route, such as <c>/webhooks/nodedata</c>.</param>
    /// <param name="receiver">The receiver.</param>
    /// <exception cref="NodeDataConfigurationException">Another route has a receiver of the same name.</exception>
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
