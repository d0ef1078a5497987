using System.Buffers;
using NodeData.Sdk.Http;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// The calls about webhook endpoints, in the client's mode; they need the scope <see cref="ApiKeyScope.WebhooksWrite"/>. And <c>Verify</c>, which needs no network.
/// Safe for use by several threads.
/// </summary>
public class WebhooksClient
{
    private readonly TransportView _transport;
    private readonly ConfiguredWebhookSecrets _secrets;

    internal WebhooksClient(TransportView transport, ConfiguredWebhookSecrets secrets) => (_transport, _secrets) = (transport, secrets);

    /// <summary>For mocks: every method is virtual.</summary>
    protected WebhooksClient() => (_transport, _secrets) = (null!, null!);

    /// <summary>Lists the endpoints. The service gives all of them at once; should it come to give pages, they are fetched while the list is enumerated.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="NodeDataException">Thrown while enumerating; see the types derived from it.</exception>
    public virtual NodePagedList<WebhookEndpoint> List(CancellationToken cancellationToken = default) =>
        new(WebhooksEndpoints.List, page => _transport.Send(page, cancellationToken));

    /// <inheritdoc cref="List"/>
    public virtual NodeAsyncPagedList<WebhookEndpoint> ListAsync(CancellationToken cancellationToken = default) =>
        new(WebhooksEndpoints.List, _transport.SendAsync, cancellationToken);

    /// <summary>Creates an endpoint. Its secret is in the answer and can never be read again.</summary>
    /// <remarks>
    /// Sent again by itself only where nothing can have been done, or under <see cref="CreateWebhookEndpointOptions.IdempotencyKey"/>. After a
    /// <see cref="NodeDataConnectionException"/> that says that the request may have been carried out, list the endpoints before making another. Look at
    /// <see cref="CreatedWebhookEndpoint.DroppedEventTypes"/>: the service says nothing of event types that it does not know.
    /// </remarks>
    /// <param name="options">Its url, the event types (none: all) and a description.</param>
    /// <param name="cancellationToken">Ends the call; an endpoint may have been made all the same.</param>
    /// <exception cref="NodeDataPermissionException">The client's key lacks <see cref="ApiKeyScope.WebhooksWrite"/>.</exception>
    /// <exception cref="NodeDataBadRequestException">The service does not take it; the exception's field says what is wrong.</exception>
    /// <exception cref="NodeDataResponseFormatException">
    /// The answer holds no secret of the client's mode; the endpoint it made is of no use and should be deleted.
    /// </exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual CreatedWebhookEndpoint Create(CreateWebhookEndpointOptions options, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Create(options), cancellationToken);

    /// <inheritdoc cref="Create"/>
    public virtual Task<CreatedWebhookEndpoint> CreateAsync(
        CreateWebhookEndpointOptions options,
        CancellationToken cancellationToken = default
    ) => _transport.SendAsync(WebhooksEndpoints.Create(options), cancellationToken);

    /// <summary>Gets what the service tells about an endpoint.</summary>
    /// <param name="id">The id, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The id is blank, or holds a secret, which never stands in an address; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">There is no such endpoint in this account and mode.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual WebhookEndpoint Get(string id, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Get(id), cancellationToken);

    /// <inheritdoc cref="Get"/>
    public virtual Task<WebhookEndpoint> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(WebhooksEndpoints.Get(id), cancellationToken);

    /// <summary>Changes an endpoint: what is set in the change, and nothing else.</summary>
    /// <remarks>Event types that the service does not know are dropped in silence; compare the answer's.</remarks>
    /// <param name="id">The id, such as <c>we_…</c>.</param>
    /// <param name="options">What is to change.</param>
    /// <param name="cancellationToken">Ends the call; the endpoint may have been changed all the same.</param>
    /// <returns>The endpoint as it is now.</returns>
    /// <exception cref="ArgumentException">The change is empty; or the id is blank or holds a secret. Nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">There is no such endpoint in this account and mode.</exception>
    /// <exception cref="NodeDataBadRequestException">The service does not take it; the exception's field says what is wrong.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual WebhookEndpoint Update(string id, UpdateWebhookEndpointOptions options, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Update(id, options), cancellationToken);

    /// <inheritdoc cref="Update"/>
    public virtual Task<WebhookEndpoint> UpdateAsync(
        string id,
        UpdateWebhookEndpointOptions options,
        CancellationToken cancellationToken = default
    ) => _transport.SendAsync(WebhooksEndpoints.Update(id, options), cancellationToken);

    /// <summary>Deletes an endpoint, with its secret, for good: nothing is delivered to it any more.</summary>
    /// <remarks>The call is repeated after a lost answer; where the repetition finds nothing left to delete, the endpoint counts as deleted.</remarks>
    /// <param name="id">The id, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Ends the call; the endpoint may have been deleted all the same.</param>
    /// <exception cref="ArgumentException">The id is blank, or holds a secret, which never stands in an address; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">There is no such endpoint in this account and mode, or no longer.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual void Delete(string id, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Delete(id), cancellationToken);

    /// <inheritdoc cref="Delete"/>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(WebhooksEndpoints.Delete(id), cancellationToken);

    /// <summary>Gets what became of the latest events for an endpoint, newest first.</summary>
    /// <param name="id">The endpoint's id, such as <c>we_…</c>.</param>
    /// <param name="limit">The most deliveries to get, 1 to 100; null for the service's own number, which is 25.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">
    /// The limit is below 1 or above 100; or the id is blank or holds a secret, which never stands in an address. Nothing was sent.
    /// </exception>
    /// <exception cref="NodeDataNotFoundException">There is no such endpoint in this account and mode.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual IReadOnlyList<WebhookDelivery> ListDeliveries(
        string id,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => _transport.Send(WebhooksEndpoints.ListDeliveries(id, limit), cancellationToken);

    /// <inheritdoc cref="ListDeliveries"/>
    public virtual Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        string id,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => _transport.SendAsync(WebhooksEndpoints.ListDeliveries(id, limit), cancellationToken);

    /// <summary>Gets the event types that the service can deliver, those newer than this client included.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NodeDataException">The call failed; see the types derived from it.</exception>
    public virtual IReadOnlyList<WebhookEventType> ListEventTypes(CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.ListEventTypes, cancellationToken);

    /// <inheritdoc cref="ListEventTypes"/>
    public virtual Task<IReadOnlyList<WebhookEventType>> ListEventTypesAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(WebhooksEndpoints.ListEventTypes, cancellationToken);

    /// <summary>
    /// Verifies a delivery with the secrets in <see cref="NodeClientOptions.WebhookSecrets"/>, as <see cref="WebhookVerifier"/> does: whatever comes from
    /// outside, it answers and never throws. Nothing is sent.
    /// </summary>
    /// <param name="body">The body's bytes, exactly as they came: read before anything decodes or reformats them.</param>
    /// <param name="signature">The value of <see cref="WebhookVerifier.HeaderName"/>; null, where there was none, is malformed.</param>
    /// <returns>Valid, or the code of the refusal.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no secret, or the secrets are of another mode than the client's key.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
    public virtual WebhookVerification Verify(ReadOnlySpan<byte> body, string? signature) => _secrets.Verifier.Verify(body, signature);

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public virtual WebhookVerification Verify(ReadOnlySequence<byte> body, string? signature) => _secrets.Verifier.Verify(body, signature);

    /// <summary>
    /// Verifies a delivery whose body is at hand only as text. Second choice: it is valid only where the text, written as UTF-8, gives the very bytes that came,
    /// which a byte order mark or bytes that are no UTF-8 do not survive.
    /// </summary>
    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public virtual WebhookVerification Verify(string body, string? signature) => _secrets.Verifier.Verify(body, signature);
}
