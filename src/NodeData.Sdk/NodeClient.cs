using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Raw;
using NodeData.Sdk.Webhooks;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk;

/// <summary>
/// The client of the Node Data API: <see cref="Keys"/>, <see cref="Me"/> and <see cref="Webhooks"/>, with one key, in the mode of that key. Create one
/// instance and reuse it; it is thread-safe. The synchronous methods use HTTP/1.1, and establishing a connection still uses the thread pool; in services,
/// prefer the asynchronous methods.
/// </summary>
/// <example><c>using var node = new NodeClient(); NodeAccount me = node.Me.Get();</c></example>
[DebuggerDisplay("NodeClient")]
public class NodeClient : IDisposable
{
    private readonly TransportView _transport;
    private readonly HttpClient? _ownedHttpClient;
    private readonly ConfiguredWebhookSecrets _webhookSecrets;
    private readonly ConfiguredWebhookSecrets? _ownedWebhookSecrets;

    /// <summary>
    /// Initializes a new instance of the <see cref="NodeClient"/> class with options, or from the environment: <c>NODE_DATA_API_KEY</c>,
    /// <c>NODE_DATA_BASE_URL</c>.
    /// </summary>
    /// <param name="options">The options; null to use the environment and the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">The key is missing or a setting is invalid; the message names the setting and the remedy.</exception>
    public NodeClient(NodeClientOptions? options = null)
        : this(options ?? new NodeClientOptions(), httpClient: null, keyProvider: null) { }

    /// <summary>
    /// Initializes a new instance of the <see cref="NodeClient"/> class with a key or a reference to it: <c>nd_test_…</c>, <c>env:NAME</c>, <c>file:PATH</c>.
    /// </summary>
    /// <param name="key">The key or the reference.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="NodeDataConfigurationException">The key is missing or invalid; the message names the remedy.</exception>
    public NodeClient(SecretReference key)
        : this(new NodeClientOptions { ApiKey = key ?? throw new ArgumentNullException(nameof(key)) }, httpClient: null, keyProvider: null)
    { }

    /// <summary>Initializes a new instance of the <see cref="NodeClient"/> class with a key provider, from which each attempt reads the key.</summary>
    /// <param name="keyProvider">The provider, such as an <see cref="ApiKeyCredential"/>. The key is not read before the first call.</param>
    /// <param name="options">The options; null to use the defaults. They must not contain a key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keyProvider"/> is null.</exception>
    /// <exception cref="ArgumentException">The options also contain a key.</exception>
    /// <exception cref="NodeDataConfigurationException">A setting is invalid; the message names the setting and the remedy.</exception>
    public NodeClient(IApiKeyProvider keyProvider, NodeClientOptions? options = null)
        : this(options ?? new NodeClientOptions(), httpClient: null, keyProvider ?? throw new ArgumentNullException(nameof(keyProvider)))
    { }

    /// <summary>
    /// Initializes a new instance of the <see cref="NodeClient"/> class with an <see cref="HttpClient"/> of the caller, which this client never disposes.
    /// </summary>
    /// <remarks>
    /// The handler must not follow redirects. The timeout of the <see cref="HttpClient"/> should be infinite, because this client applies its own timeouts. The
    /// base address of the <see cref="HttpClient"/> is used if the options define none.
    /// </remarks>
    /// <param name="httpClient">The HTTP client.</param>
    /// <param name="options">The options; null to use the environment and the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">The key is missing or a setting is invalid; the message names the setting and the remedy.</exception>
    public NodeClient(HttpClient httpClient, NodeClientOptions? options = null)
        : this(options ?? new NodeClientOptions(), httpClient ?? throw new ArgumentNullException(nameof(httpClient)), keyProvider: null) { }

    /// <summary>
    /// Initializes a new instance of the <see cref="NodeClient"/> class with an <see cref="HttpClient"/> of the caller, which this client never disposes, and a
    /// key provider, from which each attempt reads the key.
    /// </summary>
    /// <inheritdoc cref="NodeClient(HttpClient, NodeClientOptions)" path="/remarks"/>
    /// <param name="httpClient">The HTTP client.</param>
    /// <param name="keyProvider">The provider, such as an <see cref="ApiKeyCredential"/>. The key is not read before the first call.</param>
    /// <param name="options">The options; null to use the defaults. They must not contain a key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="httpClient"/> or <paramref name="keyProvider"/> is null.</exception>
    /// <exception cref="ArgumentException">The options also contain a key.</exception>
    /// <exception cref="NodeDataConfigurationException">A setting is invalid; the message names the setting and the remedy.</exception>
    public NodeClient(HttpClient httpClient, IApiKeyProvider keyProvider, NodeClientOptions? options = null)
        : this(
            options ?? new NodeClientOptions(),
            httpClient ?? throw new ArgumentNullException(nameof(httpClient)),
            keyProvider ?? throw new ArgumentNullException(nameof(keyProvider))
        ) { }

    /// <summary>Initializes a new instance of the <see cref="NodeClient"/> class for mocking; every member is virtual.</summary>
    protected NodeClient() => (_transport, _webhookSecrets, Keys, Me, Webhooks) = (null!, null!, null!, null!, null!);

    private NodeClient(NodeClientOptions options, HttpClient? httpClient, IApiKeyProvider? keyProvider)
    {
        if (keyProvider is not null && options.ApiKey is not null)
        {
            throw new ArgumentException("Both a key provider and NodeClientOptions.ApiKey are set. Set only one of them.", nameof(options));
        }

        var settings = NodeClientOptionsReader.CreateTransportSettings(options, httpClient?.BaseAddress) with
        {
            IsDefaultHandler = httpClient is null,
        };
        var provider = keyProvider ?? NodeClientOptionsReader.CreateKeyProvider(options);
        _ownedHttpClient = httpClient is null ? DefaultHttpClient.Create() : null;
        var transport = new NodeTransport(httpClient ?? _ownedHttpClient!, provider, settings);
        if (keyProvider is null)
        {
            // A key from the options or the environment is validated here, so that an error is thrown when the client is created.
            transport.GetMode(CancellationToken.None);
        }

        _webhookSecrets = _ownedWebhookSecrets = new ConfiguredWebhookSecrets(options, () => transport.KnownMode, settings.Logger);
        _transport = new TransportView(transport, null);
        Keys = new KeysClient(_transport);
        Me = new MeClient(_transport);
        Webhooks = new WebhooksClient(_transport, _webhookSecrets);
    }

    internal NodeClient(NodeTransport transport, ConfiguredWebhookSecrets webhookSecrets)
        : this(new TransportView(transport, null), webhookSecrets) { }

    private NodeClient(TransportView transport, ConfiguredWebhookSecrets webhookSecrets)
    {
        _transport = transport;
        _webhookSecrets = webhookSecrets;
        Keys = new KeysClient(transport);
        Me = new MeClient(transport);
        Webhooks = new WebhooksClient(transport, webhookSecrets);
    }

    /// <summary>The clock of the client; the system clock if the client is a mock.</summary>
    internal TimeProvider TimeProvider => _transport?.TimeProvider ?? SystemTime.Provider;

    /// <summary>Gets the operations on API keys.</summary>
    public virtual KeysClient Keys { get; }

    /// <summary>Gets the operations on the account that the key belongs to.</summary>
    [SuppressMessage("Naming", "CA1716", Justification = "Me is the name of the resource, GET /me; it is a keyword in Visual Basic only.")]
    public virtual MeClient Me { get; }

    /// <summary>Gets the operations on webhook endpoints, and the verification of deliveries with the configured secrets.</summary>
    public virtual WebhooksClient Webhooks { get; }

    /// <summary>
    /// Gets the mode of the client, which is that of its key. If no key has been read from the provider yet, the key is read synchronously.
    /// </summary>
    /// <exception cref="NodeDataConfigurationException">The key is missing or invalid.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public virtual KeyMode Mode => _transport.GetMode(CancellationToken.None);

    /// <summary>
    /// Creates a derived client whose calls use different options. The derived client shares the keys and connections of this client, is inexpensive to create,
    /// and need not be disposed.
    /// </summary>
    /// <param name="options">The options to override; a property that is not set keeps its current value.</param>
    /// <returns>The derived client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public virtual NodeClient WithOptions(NodeRequestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new NodeClient(_transport.With(options), _webhookSecrets);
    }

    /// <summary>
    /// Sends a raw request, which is a request to an endpoint without a dedicated method, with the same key, retries, limits and errors as any other call.
    /// </summary>
    /// <param name="method">
    /// The HTTP method. GET, HEAD, OPTIONS, PUT, PATCH and DELETE are treated as idempotent; a POST is idempotent only with an idempotency key. A request that
    /// is not idempotent is retried only if it cannot have been processed.
    /// </param>
    /// <param name="path">
    /// The path relative to the base address, with its query, such as <c>models?limit=5</c>, percent-encoded. A scheme, two consecutive slashes, a
    /// backslash, segments such as <c>..</c>, and anything that looks like a secret are rejected.
    /// </param>
    /// <param name="body">
    /// The JSON body: bytes, a <see cref="System.Text.Json.Nodes.JsonNode"/>, or <see cref="NodeRequestBody.FromValue"/>; null if no body is sent.
    /// </param>
    /// <param name="idempotencyKey">The idempotency key, 1 to 255 visible ASCII characters; null if none is sent.</param>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ArgumentException">The path or the idempotency key is invalid; nothing was sent.</exception>
    /// <exception cref="NodeDataException">The call failed; see the derived types.</exception>
    public virtual NodeResponse Send(
        HttpMethod method,
        string path,
        NodeRequestBody? body = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => _transport.Send(RawEndpoints.Create(method, path, body, idempotencyKey), cancellationToken);

    /// <inheritdoc cref="Send"/>
    public virtual Task<NodeResponse> SendAsync(
        HttpMethod method,
        string path,
        NodeRequestBody? body = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => _transport.SendAsync(RawEndpoints.Create(method, path, body, idempotencyKey), cancellationToken);

    /// <summary>
    /// Closes the connections that this client created. An <see cref="HttpClient"/> of the caller, and the client that this client was derived from, are not
    /// disposed.
    /// </summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections that this client created.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>; false when called from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ownedHttpClient?.Dispose();
            _ownedWebhookSecrets?.Dispose();
        }
    }
}
