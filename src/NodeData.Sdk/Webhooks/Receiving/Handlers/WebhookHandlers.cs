using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Registers the handlers of a receiver. The handlers of an event run one after another, in the order of their registration. Not thread-safe; the receiver
/// copies the registrations when it is constructed.
/// </summary>
/// <remarks>
/// A handler's name is part of the claim key. Do not change it between versions of an application; otherwise events may be handled again. The default name of a
/// class is its full name. The default name of a delegate is the event type (<c>any</c> for <see cref="Any"/>).
/// </remarks>
public sealed class WebhookHandlers
{
    private const string AnyName = "any";

    private readonly List<HandlerRegistration> _registrations = [];

    internal IReadOnlyList<HandlerRegistration> Registrations => _registrations;

    /// <summary>Handles <c>listing.purchased</c>.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">The handler's name. The default is the event type.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">A handler with the same name is already registered.</exception>
    public WebhookHandlers ListingPurchased(
        Func<WebhookContext<ListingPurchasedEvent>, CancellationToken, Task> handler,
        string? name = null
    ) => Add(WebhookEventType.ListingPurchased, handler, name);

    /// <summary>Handles <c>listing.purchased</c> with a class from the container.</summary>
    /// <typeparam name="THandler">The handler's class.</typeparam>
    /// <param name="name">The handler's name. The default is the full name of the class.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">A handler with the same name is already registered.</exception>
    public WebhookHandlers ListingPurchased<THandler>(string? name = null)
        where THandler : class, IWebhookHandler<ListingPurchasedEvent> =>
        Add<THandler, ListingPurchasedEvent>(WebhookEventType.ListingPurchased, name);

    /// <summary>Handles <c>listing.published</c>.</summary>
    /// <inheritdoc cref="ListingPurchased(Func{WebhookContext{ListingPurchasedEvent}, CancellationToken, Task}, string?)"/>
    public WebhookHandlers ListingPublished(
        Func<WebhookContext<ListingPublishedEvent>, CancellationToken, Task> handler,
        string? name = null
    ) => Add(WebhookEventType.ListingPublished, handler, name);

    /// <summary>Handles <c>listing.published</c> with a class from the container.</summary>
    /// <inheritdoc cref="ListingPurchased{THandler}(string?)"/>
    public WebhookHandlers ListingPublished<THandler>(string? name = null)
        where THandler : class, IWebhookHandler<ListingPublishedEvent> =>
        Add<THandler, ListingPublishedEvent>(WebhookEventType.ListingPublished, name);

    /// <summary>Handles <c>asset.downloaded</c>.</summary>
    /// <inheritdoc cref="ListingPurchased(Func{WebhookContext{ListingPurchasedEvent}, CancellationToken, Task}, string?)"/>
    public WebhookHandlers AssetDownloaded(
        Func<WebhookContext<AssetDownloadedEvent>, CancellationToken, Task> handler,
        string? name = null
    ) => Add(WebhookEventType.AssetDownloaded, handler, name);

    /// <summary>Handles <c>asset.downloaded</c> with a class from the container.</summary>
    /// <inheritdoc cref="ListingPurchased{THandler}(string?)"/>
    public WebhookHandlers AssetDownloaded<THandler>(string? name = null)
        where THandler : class, IWebhookHandler<AssetDownloadedEvent> =>
        Add<THandler, AssetDownloadedEvent>(WebhookEventType.AssetDownloaded, name);

    /// <summary>Handles <c>payout.paid</c>.</summary>
    /// <inheritdoc cref="ListingPurchased(Func{WebhookContext{ListingPurchasedEvent}, CancellationToken, Task}, string?)"/>
    public WebhookHandlers PayoutPaid(Func<WebhookContext<PayoutPaidEvent>, CancellationToken, Task> handler, string? name = null) =>
        Add(WebhookEventType.PayoutPaid, handler, name);

    /// <summary>Handles <c>payout.paid</c> with a class from the container.</summary>
    /// <inheritdoc cref="ListingPurchased{THandler}(string?)"/>
    public WebhookHandlers PayoutPaid<THandler>(string? name = null)
        where THandler : class, IWebhookHandler<PayoutPaidEvent> => Add<THandler, PayoutPaidEvent>(WebhookEventType.PayoutPaid, name);

    /// <summary>Handles events of the given type, for example a type that is newer than this version.</summary>
    /// <param name="type">The event type.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="name">The handler's name. The default is the event type.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is blank, or the event type is empty.</exception>
    /// <exception cref="NodeDataConfigurationException">A handler with the same name is already registered.</exception>
    public WebhookHandlers On(
        WebhookEventType type,
        Func<WebhookContext<WebhookEvent>, CancellationToken, Task> handler,
        string? name = null
    ) => Add(NotEmpty(type), handler, name);

    /// <summary>Handles events of the given type with a class from the container.</summary>
    /// <typeparam name="THandler">The handler's class.</typeparam>
    /// <param name="type">The event type.</param>
    /// <param name="name">The handler's name. The default is the full name of the class.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is blank, or the event type is empty.</exception>
    /// <exception cref="NodeDataConfigurationException">A handler with the same name is already registered.</exception>
    public WebhookHandlers On<THandler>(WebhookEventType type, string? name = null)
        where THandler : class, IWebhookHandler<WebhookEvent> => Add<THandler, WebhookEvent>(NotEmpty(type), name);

    /// <summary>Handles events of every type, including types that are newer than this version.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">The handler's name. The default is <c>any</c>.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">A handler with the same name is already registered.</exception>
    public WebhookHandlers Any(Func<WebhookContext<WebhookEvent>, CancellationToken, Task> handler, string? name = null) =>
        Add(null, handler, name);

    /// <summary>Handles events of every type with a class from the container.</summary>
    /// <inheritdoc cref="ListingPurchased{THandler}(string?)"/>
    public WebhookHandlers Any<THandler>(string? name = null)
        where THandler : class, IWebhookHandler<WebhookEvent> => Add<THandler, WebhookEvent>(null, name);

    private static WebhookEventType NotEmpty(WebhookEventType type) =>
        type.Value.Length > 0
            ? type
            : throw new ArgumentException("The event type is empty. Use Any for events of every type.", nameof(type));

    private WebhookHandlers Add<TEvent>(WebhookEventType? type, Func<WebhookContext<TEvent>, CancellationToken, Task> handler, string? name)
        where TEvent : WebhookEvent
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(
            new HandlerRegistration(
                name ?? type?.Value ?? AnyName,
                type,
                ServiceType: null,
                (context, cancellationToken) => handler(new WebhookContext<TEvent>(context), cancellationToken)
            )
        );
    }

    private WebhookHandlers Add<THandler, TEvent>(WebhookEventType? type, string? name)
        where THandler : class, IWebhookHandler<TEvent>
        where TEvent : WebhookEvent =>
        Add(
            new HandlerRegistration(
                name ?? typeof(THandler).FullName!,
                type,
                typeof(THandler),
                (context, cancellationToken) =>
                    context.Services.GetRequiredService<THandler>().HandleAsync(new WebhookContext<TEvent>(context), cancellationToken)
            )
        );

    private WebhookHandlers Add(HandlerRegistration registration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(registration.Name, "name");
        if (_registrations.Exists(other => other.Name == registration.Name))
        {
            throw new NodeDataConfigurationException(
                $"Two webhook handlers have the name {registration.Name}, so they would share their claims and one of them would never run. "
                    + "Pass a different name for one of them: on.…(…, name: \"…\")."
            );
        }

        _registrations.Add(registration);
        return this;
    }
}
