using System.Diagnostics;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Raw;
using NodeData.Sdk.Webhooks;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk;

/// <summary>
/// The client of the Node Data API: <see cref="Keys"/>, <see cref="Me"/> and <see cref="Webhooks"/>, under one key and in that key's mode. Make one and keep it; it is safe for use
/// by several threads. The synchronous methods send over HTTP/1.1, and connecting uses the thread pool all the same; in services prefer the asynchronous ones.
/// </summary>
/// <example><c>using var node = new NodeClient(); Account me = node.Me.Get();</c></example>
[DebuggerDisplay("NodeClient")]
public class NodeClient : IDisposable
{
    private readonly TransportView _transport;
    private readonly HttpClient? _ownedHttpClient;
    private readonly ConfiguredWebhookSecrets _webhookSecrets;
    private readonly ConfiguredWebhookSecrets? _ownedWebhookSecrets;

    /// <summary>A client by its options, or by the environment: <c>NODE_DATA_API_KEY</c>, <c>NODE_DATA_BASE_URL</c>.</summary>
    /// <param name="options">The options; null for the environment and the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">There is no key, or a setting cannot be used; the message names it and the cure.</exception>
    public NodeClient(NodeClientOptions? options = null)
        : this(null, null, options ?? new NodeClientOptions()) { }

    /// <summary>A client by a key, or by where it lies: <c>nd_test_…</c>, <c>env:NAME</c>, <c>file:PATH</c>.</summary>
    /// <param name="key">The key or reference.</param>
    /// <exception cref="NodeDataConfigurationException">There is no key, or it cannot be used; the message names the cure.</exception>
    public NodeClient(SecretReference key)
        : this(null, null, new NodeClientOptions { ApiKey = key ?? throw new ArgumentNullException(nameof(key)) }) { }

    /// <summary>A client whose key comes from a provider, which is asked for each attempt.</summary>
    /// <param name="keyProvider">The provider, such as an <see cref="ApiKeyCredential"/>. It is not asked before the first call.</param>
    /// <param name="options">The options; null for the defaults. They may not hold another key.</param>
    /// <exception cref="ArgumentException">The options hold a key as well.</exception>
    /// <exception cref="NodeDataConfigurationException">A setting cannot be used; the message names it and the cure.</exception>
    public NodeClient(IApiKeyProvider keyProvider, NodeClientOptions? options = null)
        : this(null, keyProvider ?? throw new ArgumentNullException(nameof(keyProvider)), options ?? new NodeClientOptions()) { }

    /// <summary>A client over an <see cref="HttpClient"/> of the caller's, which stays the caller's and is never disposed here.</summary>
    /// <remarks>
    /// Its handler must not follow redirects, and its own time-out should be infinite: the client has its own. Its base address is used where the options
    /// name none.
    /// </remarks>
    /// <param name="httpClient">The HTTP client.</param>
    /// <param name="options">The options; null for the environment and the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">There is no key, or a setting cannot be used; the message names it and the cure.</exception>
    public NodeClient(HttpClient httpClient, NodeClientOptions? options = null)
        : this(httpClient ?? throw new ArgumentNullException(nameof(httpClient)), null, options ?? new NodeClientOptions()) { }

    /// <summary>For mocks: every member is virtual.</summary>
    protected NodeClient() => (_transport, _webhookSecrets, Keys, Me, Webhooks) = (null!, null!, null!, null!, null!);

    private NodeClient(HttpClient? httpClient, IApiKeyProvider? keyProvider, NodeClientOptions options)
    {
        if (keyProvider is not null && options.ApiKey is not null)
        {
            throw new ArgumentException(
                "A provider of keys was given, and NodeClientOptions.ApiKey as well. Give one of them.",
                nameof(options)
            );
        }

        var settings = NodeClientOptionsReader.CreateTransportSettings(options, httpClient?.BaseAddress);
        var provider = keyProvider ?? NodeClientOptionsReader.CreateKeyProvider(options);
        _ownedHttpClient = httpClient is null ? DefaultHttpClient.Create() : null;
        var transport = new NodeTransport(httpClient ?? _ownedHttpClient!, provider, settings);
        if (keyProvider is null)
        {
            // A key from the options or the environment is looked at now, so that a mistake shows where the client is made.
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

    /// <summary>The clock of the client; that of the system where it is a mock.</summary>
    internal TimeProvider Time => _transport?.Time ?? SystemTime.Provider;

    /// <summary>The calls about API keys.</summary>
    public virtual KeysClient Keys { get; }

    /// <summary>The calls about the account that the key belongs to.</summary>
    public virtual MeClient Me { get; }

    /// <summary>The calls about webhook endpoints, and the verification of deliveries with the configured secrets.</summary>
    public virtual WebhooksClient Webhooks { get; }

    /// <summary>
    /// The mode of the client, from its key. Where the key comes from a provider that was not asked yet, it is asked now, synchronously.
    /// </summary>
    /// <exception cref="NodeDataConfigurationException">There is no usable key.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public virtual KeyMode Mode => _transport.GetMode(CancellationToken.None);

    /// <summary>
    /// The same client under other options: the calls made through the view follow them. Cheap; shares keys and connections, and need not be disposed.
    /// </summary>
    /// <param name="options">What differs; a member left out stays as it is here.</param>
    public virtual NodeClient With(NodeRequestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new NodeClient(_transport.With(options), _webhookSecrets);
    }

    /// <summary>
    /// Makes a call that this client does not describe, with the key, the retries, the limits and the errors of any other.
    /// </summary>
    /// <param name="method">The method. Only GET, HEAD, OPTIONS, PUT, PATCH and DELETE are repeated by themselves, or a call with an idempotency key.</param>
    /// <param name="path">
    /// The path below the base address with its query, such as <c>models?limit=5</c>; encoded by the caller. A scheme, two slashes in a row, a backslash and
    /// steps such as <c>..</c> are refused, and so is anything that looks like a secret.
    /// </param>
    /// <param name="body">JSON: bytes, a <see cref="System.Text.Json.Nodes.JsonNode"/>, or <see cref="NodeRequestBody.FromValue"/>; null for none.</param>
    /// <param name="idempotencyKey">1 to 255 visible ASCII characters; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The path or the idempotency key cannot be used; nothing was sent.</exception>
    /// <exception cref="NodeDataException">The call failed; see the types derived from it.</exception>
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

    /// <summary>Closes the client's own connections. An <see cref="HttpClient"/> of the caller's and a view's owner are left alone.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the client's own connections.</summary>
    /// <param name="disposing">Whether it was asked for, rather than left to the finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ownedHttpClient?.Dispose();
            _ownedWebhookSecrets?.Dispose();
        }
    }
}
