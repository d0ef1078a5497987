using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// The handlers of a receiver. Those that are for an event run one after another in the order in which they were named here. Not safe for use by several threads;
/// a receiver takes them over when it is made.
/// </summary>
/// <remarks>
/// A handler's name is a part of what is claimed, so it must stay the same from one version of a program to the next, or events may be handled once more. It is
/// the full name of a class, and for a lambda the event type (<c>any</c> for <see cref="Any"/>), unless it is given.
/// </remarks>
public sealed class WebhookHandlers
{
    private const string AnyName = "any";

    private readonly List<HandlerRegistration> _registrations = [];

    internal IReadOnlyList<HandlerRegistration> Registrations => _registrations;

    /// <summary>Handles <c>listing.purchased</c>.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">Its name; left out, the event type.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">Another handler has the same name.</exception>
    public WebhookHandlers ListingPurchased(
        Func<WebhookContext<ListingPurchasedEvent>, CancellationToken, Task> handler,
        string? name = null
    ) => Add(WebhookEventType.ListingPurchased, handler, name);

    /// <summary>Handles <c>listing.purchased</c> with a class from the container.</summary>
    /// <typeparam name="THandler">The class.</typeparam>
    /// <param name="name">Its name; left out, the full name of the class.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">Another handler has the same name.</exception>
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

    /// <summary>Handles events of a type by its word, such as one newer than this version.</summary>
    /// <param name="type">The type.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="name">Its name; left out, the event type.</param>
    /// <exception cref="ArgumentException">The name is blank, or the type is empty.</exception>
    /// <exception cref="NodeDataConfigurationException">Another handler has the same name.</exception>
    public WebhookHandlers On(
        WebhookEventType type,
        Func<WebhookContext<WebhookEvent>, CancellationToken, Task> handler,
        string? name = null
    ) => Add(NotEmpty(type), handler, name);

    /// <summary>Handles events of a type by its word with a class from the container.</summary>
    /// <typeparam name="THandler">The class.</typeparam>
    /// <param name="type">The type.</param>
    /// <param name="name">Its name; left out, the full name of the class.</param>
    /// <exception cref="ArgumentException">The name is blank, or the type is empty.</exception>
    /// <exception cref="NodeDataConfigurationException">Another handler has the same name.</exception>
    public WebhookHandlers On<THandler>(WebhookEventType type, string? name = null)
        where THandler : class, IWebhookHandler<WebhookEvent> => Add<THandler, WebhookEvent>(NotEmpty(type), name);

    /// <summary>Handles every event, whatever its type, known to this version or not.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">Its name; left out, <c>any</c>.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">Another handler has the same name.</exception>
    public WebhookHandlers Any(Func<WebhookContext<WebhookEvent>, CancellationToken, Task> handler, string? name = null) =>
        Add(null, handler, name);

    /// <summary>Handles every event, whatever its type, with a class from the container.</summary>
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
                (call, cancellationToken) => handler(new WebhookContext<TEvent>(call), cancellationToken)
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
                (call, cancellationToken) =>
                    call.Services.GetRequiredService<THandler>().HandleAsync(new WebhookContext<TEvent>(call), cancellationToken)
            )
        );

    private WebhookHandlers Add(HandlerRegistration registration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(registration.Name, "name");
        if (_registrations.Exists(other => other.Name == registration.Name))
        {
            throw new NodeDataConfigurationException(
                $"Two webhook handlers are called {registration.Name}, so they would claim the same deliveries and one would never run. "
                    + "Give one of them another name: on.…(…, name: \"…\")."
            );
        }

        _registrations.Add(registration);
        return this;
    }
}
