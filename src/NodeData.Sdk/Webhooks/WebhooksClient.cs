using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using NodeData.Sdk.Http;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Manages webhook endpoints in the client's mode, which requires the scope <see cref="ApiKeyScope.WebhooksWrite"/>, and verifies webhook requests, which
/// requires no network access. Thread-safe.
/// </summary>
public class WebhooksClient
{
    private readonly TransportView _transport;
    private readonly ConfiguredWebhookSecrets _secrets;

    internal WebhooksClient(TransportView transport, ConfiguredWebhookSecrets secrets) => (_transport, _secrets) = (transport, secrets);

    /// <summary>Initializes a new instance for mocking. Every method is virtual.</summary>
    protected WebhooksClient() => (_transport, _secrets) = (null!, null!);

    /// <summary>
    /// Lists the endpoints. The service returns all of them in one response; if it starts to page the list, pages are fetched during enumeration.
    /// </summary>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    /// <returns>The endpoints. No request is sent before the list is enumerated.</returns>
    /// <exception cref="NodeDataException">A call failed during enumeration; see the derived types.</exception>
    public virtual NodePagedList<WebhookEndpoint> List(CancellationToken cancellationToken = default) =>
        new(WebhooksEndpoints.List, page => _transport.Send(page, cancellationToken));

    /// <inheritdoc cref="List"/>
    public virtual NodeAsyncPagedList<WebhookEndpoint> ListAsync(CancellationToken cancellationToken = default) =>
        new(WebhooksEndpoints.List, _transport.SendAsync, cancellationToken);

    /// <summary>Creates a webhook endpoint. Its secret is returned once and cannot be read again.</summary>
    /// <remarks>
    /// The client retries the call only if the request cannot have been carried out, or if <see cref="CreateWebhookEndpointOptions.IdempotencyKey"/> is set.
    /// After a <see cref="NodeDataConnectionException"/> whose message states that the request may have been carried out, list the endpoints before you create
    /// another. Check <see cref="CreatedWebhookEndpoint.DroppedEventTypes"/>: the service silently drops event types that it does not know.
    /// </remarks>
    /// <param name="options">The URL, the event types (an empty list for all), a description and an idempotency key.</param>
    /// <param name="cancellationToken">Cancels the call; an endpoint may nonetheless have been created.</param>
    /// <returns>The endpoint with its secret.</returns>
    /// <exception cref="NodeDataPermissionException">The client's key lacks <see cref="ApiKeyScope.WebhooksWrite"/>.</exception>
    /// <exception cref="NodeDataBadRequestException">The service rejected the request; see the field that the exception contains.</exception>
    /// <exception cref="NodeDataResponseFormatException">
    /// The response contains no secret of the client's mode. The endpoint that was created cannot be used and should be deleted.
    /// </exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    public virtual CreatedWebhookEndpoint Create(CreateWebhookEndpointOptions options, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Create(options), cancellationToken);

    /// <inheritdoc cref="Create"/>
    public virtual Task<CreatedWebhookEndpoint> CreateAsync(
        CreateWebhookEndpointOptions options,
        CancellationToken cancellationToken = default
    ) => _transport.SendAsync(WebhooksEndpoints.Create(options), cancellationToken);

    /// <summary>Gets a webhook endpoint.</summary>
    /// <param name="id">The ID, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The endpoint, without its secret.</returns>
    /// <exception cref="ArgumentException">The ID is blank, or contains a secret, which must never be part of a URL. Nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">The account has no such endpoint in this mode.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    [SuppressMessage(
        "Naming",
        "CA1716",
        Justification = "Get is the verb that every client of the field has; it is a keyword in Visual Basic only."
    )]
    public virtual WebhookEndpoint Get(string id, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Get(id), cancellationToken);

    /// <inheritdoc cref="Get"/>
    public virtual Task<WebhookEndpoint> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(WebhooksEndpoints.Get(id), cancellationToken);

    /// <summary>Updates a webhook endpoint. Members of the options that are not set remain unchanged.</summary>
    /// <remarks>The service silently drops event types that it does not know; check the event types of the result.</remarks>
    /// <param name="id">The ID, such as <c>we_…</c>.</param>
    /// <param name="options">The members to change.</param>
    /// <param name="cancellationToken">Cancels the call; the endpoint may nonetheless have been updated.</param>
    /// <returns>The updated endpoint.</returns>
    /// <exception cref="ArgumentException">No member of the options is set, or the ID is blank or contains a secret. Nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">The account has no such endpoint in this mode.</exception>
    /// <exception cref="NodeDataBadRequestException">The service rejected the request; see the field that the exception contains.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    public virtual WebhookEndpoint Update(string id, UpdateWebhookEndpointOptions options, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Update(id, options), cancellationToken);

    /// <inheritdoc cref="Update"/>
    public virtual Task<WebhookEndpoint> UpdateAsync(
        string id,
        UpdateWebhookEndpointOptions options,
        CancellationToken cancellationToken = default
    ) => _transport.SendAsync(WebhooksEndpoints.Update(id, options), cancellationToken);

    /// <summary>Deletes a webhook endpoint and its secret. The deletion cannot be undone, and nothing is delivered to the endpoint afterwards.</summary>
    /// <remarks>The client retries the call if the response is lost. If the retry does not find the endpoint, the call succeeds.</remarks>
    /// <param name="id">The ID, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the endpoint may nonetheless have been deleted.</param>
    /// <exception cref="ArgumentException">The ID is blank, or contains a secret, which must never be part of a URL. Nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">The account has no such endpoint in this mode; it may already have been deleted.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    public virtual void Delete(string id, CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.Delete(id), cancellationToken);

    /// <inheritdoc cref="Delete"/>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(WebhooksEndpoints.Delete(id), cancellationToken);

    /// <summary>Lists the latest deliveries to an endpoint, newest first.</summary>
    /// <param name="id">The endpoint's ID, such as <c>we_…</c>.</param>
    /// <param name="limit">The maximum number of deliveries, 1 to 100; null for the service's default, which is 25.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The deliveries.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1 or greater than 100. Nothing was sent.</exception>
    /// <exception cref="ArgumentException">The ID is blank, or contains a secret, which must never be part of a URL. Nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">The account has no such endpoint in this mode.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
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

    /// <summary>Lists the event types that the service can deliver, including those that are newer than this client.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The event types.</returns>
    /// <exception cref="NodeDataException">The call failed; see the derived types.</exception>
    public virtual IReadOnlyList<WebhookEventType> ListEventTypes(CancellationToken cancellationToken = default) =>
        _transport.Send(WebhooksEndpoints.ListEventTypes, cancellationToken);

    /// <inheritdoc cref="ListEventTypes"/>
    public virtual Task<IReadOnlyList<WebhookEventType>> ListEventTypesAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(WebhooksEndpoints.ListEventTypes, cancellationToken);

    /// <summary>
    /// Verifies the signature of a webhook request with the secrets in <see cref="NodeClientOptions.WebhookSecrets"/>, as <see cref="WebhookVerifier"/> does.
    /// No received data causes an exception. No request is sent.
    /// </summary>
    /// <param name="body">The bytes of the body exactly as received, before anything decodes or reformats them.</param>
    /// <param name="signature">The value of <see cref="WebhookVerifier.HeaderName"/>; null if the header is missing, which counts as malformed.</param>
    /// <returns>The result: valid, or rejected with an error code.</returns>
    /// <exception cref="NodeDataConfigurationException">No secret is configured, or the secrets have a different mode than the client's key.</exception>
    /// <exception cref="ObjectDisposedException">The client has been disposed.</exception>
    public virtual WebhookVerification Verify(ReadOnlySpan<byte> body, string? signature) => _secrets.Verifier.Verify(body, signature);

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public virtual WebhookVerification Verify(ReadOnlySequence<byte> body, string? signature) => _secrets.Verifier.Verify(body, signature);

    /// <summary>
    /// Verifies the signature of a webhook request whose body is available only as a string. Prefer the overloads that take bytes: the signature is valid only
    /// if the string, encoded as UTF-8, yields the received bytes, which is not the case if a byte order mark or invalid UTF-8 was decoded.
    /// </summary>
    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public virtual WebhookVerification Verify(string body, string? signature) => _secrets.Verifier.Verify(body, signature);
}
