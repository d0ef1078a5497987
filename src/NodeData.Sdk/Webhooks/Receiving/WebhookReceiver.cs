using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving;
using NodeData.Sdk.Webhooks.Receiving.Handlers;
using NodeData.Sdk.Webhooks.Receiving.Processing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Receives webhook requests from any source (a web server, a queue, a function). It verifies and parses each request, acquires a claim on its event for each
/// handler, runs the handlers, and completes the claims. <see cref="WebhookResult.StatusCode"/> is the status to respond with: 200 if the event was processed,
/// 401 or 422 if the request is invalid and a retry does not help, and 409, 500 or 503 if the delivery must be retried. Thread-safe: create one instance, reuse
/// it, and dispose of it when it is no longer needed.
/// </summary>
/// <example>
/// <c>var receiver = new WebhookReceiver("orders", [secret], new WebhookHandlers().PayoutPaid((e, ct) => …)); await receiver.ReceiveAsync(body, signature);</c>
/// </example>
[DebuggerDisplay("{Name,nq}")]
public sealed class WebhookReceiver : IDisposable, IAsyncDisposable
{
    private readonly IWebhookVerifierSource _verifierSource;
    private readonly HandlerRegistration[] _handlers;
    private readonly ReceiverSettings _settings;
    private readonly RejectionLogger _rejections;
    private readonly EventsInProgress _inProgress = new();

    /// <summary>Initializes a new instance with one or more secrets.</summary>
    /// <param name="name">
    /// The receiver's name, which is part of every claim key. Use the same name in every process that receives the same events, and different names for
    /// different modes and endpoints.
    /// </param>
    /// <param name="secrets">The endpoint's secret, or several secrets during a rotation; all of the same mode.</param>
    /// <param name="handlers">The handlers. Handlers that are added after the receiver is constructed have no effect.</param>
    /// <param name="options">The claim store, the limits and the clock; null for the defaults.</param>
    /// <param name="services">The services that handlers, the claim store and the logger are resolved from; null if there is no container.</param>
    /// <exception cref="ArgumentException">The name is blank, or the options contain secrets as well.</exception>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret, the secrets have different modes, a secret does not have the required mode, there is no handler, a handler is not registered in the
    /// container, or an option is out of range.
    /// </exception>
    public WebhookReceiver(
        string name,
        IEnumerable<WebhookSecret> secrets,
        WebhookHandlers handlers,
        WebhookReceiverOptions? options = null,
        IServiceProvider? services = null
    )
        : this(name, FixedWebhookVerifierSource.Create(secrets, options ??= new WebhookReceiverOptions()), handlers, options, services) { }

    internal WebhookReceiver(
        string name,
        IWebhookVerifierSource secrets,
        WebhookHandlers handlers,
        WebhookReceiverOptions options,
        IServiceProvider? services
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handlers);
        WebhookReceiverOptionsValidator.Validate(options);
        Name = name;
        MaxBodyBytes = options.MaxBodyBytes;
        _verifierSource = secrets;
        _handlers = WebhookHandlersValidator.Validate(name, handlers, services);
        _settings = CreateSettings(name, options, services);
        _rejections = new RejectionLogger(name, options, _settings.Logger);
    }

    /// <summary>Gets the receiver's name.</summary>
    public string Name { get; }

    /// <summary>
    /// Gets the maximum time allowed for one request (<see cref="WebhookReceiverOptions.Timeout"/>). A host should use the same timeout for reading the body.
    /// </summary>
    public TimeSpan Timeout => _settings.Timeout;

    /// <summary>Gets the receiver's clock (<see cref="WebhookReceiverOptions.TimeProvider"/>).</summary>
    public TimeProvider TimeProvider => _settings.Time;

    /// <summary>Gets the maximum size of a body, in bytes, that a host should read (<see cref="WebhookReceiverOptions.MaxBodyBytes"/>).</summary>
    public int MaxBodyBytes { get; }

    /// <summary>
    /// Creates a receiver for an application. Its secrets come from the configuration or the environment and follow their changes; handlers, claim store, clock
    /// and logger come from the container. <c>AddNodeDataWebhookReceiver</c> and <c>MapNodeDataWebhooks</c> call it.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The receiver's name, which is part of every claim key.</param>
    /// <param name="configureHandlers">Registers the handlers.</param>
    /// <param name="configure">Configures the options.</param>
    /// <returns>The receiver.</returns>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret or no handler, or a setting is invalid; the exception message contains the setting and the remedy.
    /// </exception>
    internal static WebhookReceiver Create(
        IServiceProvider services,
        string name,
        Action<WebhookHandlers> configureHandlers,
        Action<WebhookReceiverOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configureHandlers);
        var options = new WebhookReceiverOptions { TimeProvider = services.GetService<TimeProvider>() ?? SystemTime.Provider };
        configure?.Invoke(options);
        WebhookReceiverOptionsValidator.Validate(options);
        var handlers = new WebhookHandlers();
        configureHandlers(handlers);
        return new WebhookReceiver(name, new ApplicationWebhookVerifierSource(services, options), handlers, options, services);
    }

    /// <summary>Receives one request: one attempt of a delivery.</summary>
    /// <param name="body">The bytes of the body exactly as received. The buffer can be reused when the task has completed.</param>
    /// <param name="signature">The value of <see cref="WebhookVerifier.HeaderName"/>; null if the header is missing.</param>
    /// <param name="cancellationToken">
    /// Cancels the call: the handlers are canceled, and their claims are held until they return. Use it to shut down the application, not when the sender
    /// disconnects.
    /// </param>
    /// <returns>
    /// The result, with the status code to respond with. An exception that a handler throws is logged and reported as <see cref="WebhookOutcome.Failed"/>; it
    /// is not propagated to the caller.
    /// </returns>
    /// <exception cref="NodeDataConfigurationException">The secrets have a different mode than the key of the application's client.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The receiver has been disposed.</exception>
    public async Task<WebhookResult> ReceiveAsync(
        ReadOnlyMemory<byte> body,
        string? signature,
        CancellationToken cancellationToken = default
    )
    {
        using var telemetry = ReceiveTelemetry.StartIfEnabled(_settings);
        var result = await ProcessAsync(body, signature, cancellationToken).ConfigureAwait(false);
        telemetry?.SetResult(result, IsKnown(result.Event));
        return result;
    }

    /// <summary>Releases the secrets. Requests in progress complete normally.</summary>
    public void Dispose() => _verifierSource.Dispose();

    /// <summary>
    /// Releases the secrets, and waits until no event is in progress: until each handler has returned and its claim is completed or released, also where the
    /// delivery has timed out. Waits at most one lease (<see cref="WebhookReceiverOptions.Lease"/>).
    /// </summary>
    /// <returns>A task that completes when no event is in progress, or one lease has passed.</returns>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            await _inProgress.WaitForNoneAsync().WaitAsync(_settings.Lease, _settings.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _settings.Logger.WebhookReceiverDisposedInProgress(Name, _inProgress.Count, _settings.Lease);
        }
    }

    private async Task<WebhookResult> ProcessAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        var verification = _verifierSource.Verifier.Verify(body.Span, signature);
        if (!verification.IsValid)
        {
            _rejections.Log(verification, signature is not null, body.Length);
            return new WebhookResult(WebhookOutcome.Rejected) { ErrorCode = verification.ErrorCode };
        }

        if (!WebhookEvent.TryParse(body.Span, out var webhookEvent))
        {
            _settings.Logger.WebhookBodyNotJsonObject(Name, body.Length);
            return new WebhookResult(WebhookOutcome.MalformedPayload) { ErrorCode = WebhookErrorCode.MalformedPayload };
        }

        var handlers = Array.FindAll(_handlers, handler => handler.CanHandle(webhookEvent.Type));
        if (handlers.Length == 0)
        {
            if (_settings.Logger.IsEnabled(LogLevel.Debug))
            {
                _settings.Logger.WebhookNoHandler(Name, webhookEvent.ToString());
            }

            return new WebhookResult(WebhookOutcome.NoHandler) { Event = webhookEvent };
        }

        var receivedEvent = ReceivedEvent.Create(webhookEvent, body.Span);
        var result = await new EventProcessing(_settings, _inProgress, receivedEvent, handlers)
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        return new WebhookResult(result.Outcome) { Event = webhookEvent, RetryAfter = result.RetryAfter };
    }

    private bool IsKnown(WebhookEvent? webhookEvent) =>
        webhookEvent is not null && (webhookEvent.Type.IsKnown || Array.Exists(_handlers, handler => handler.Type == webhookEvent.Type));

    private static ReceiverSettings CreateSettings(string name, WebhookReceiverOptions options, IServiceProvider? services) =>
        new()
        {
            ReceiverName = name,
            ClaimStore =
                options.ClaimStore
                ?? services?.GetService<IWebhookClaimStore>()
                ?? new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = options.TimeProvider }),
            Timeout = options.Timeout,
            Lease = options.Lease,
            Retention = options.Retention,
            MaxAttempts = options.MaxAttempts,
            DeadLetter = options.DeadLetter,
            ProcessWithoutClaim = options.ProcessWithoutClaim,
            Time = options.TimeProvider,
            Logger = services?.GetService<ILogger<WebhookReceiver>>() ?? NullLogger<WebhookReceiver>.Instance,
            ScopeFactory = services?.GetService<IServiceScopeFactory>(),
        };
}
