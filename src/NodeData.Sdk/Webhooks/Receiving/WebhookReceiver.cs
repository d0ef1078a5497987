using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving;
using NodeData.Sdk.Webhooks.Receiving.Handlers;
using NodeData.Sdk.Webhooks.Receiving.Running;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Takes deliveries from wherever they come (a web server, a queue, a function) and sees each event handled: verify, parse, claim, handle, complete. An event that
/// was answered with 200 has been handled; one that was not is to be delivered again. Safe for use by several threads: make one, keep it, and dispose of it in the
/// end.
/// </summary>
/// <example>
/// <c>var receiver = new WebhookReceiver("orders", [secret], new WebhookHandlers().PayoutPaid((e, ct) => …)); … await receiver.ReceiveAsync(body, signature);</c>
/// </example>
[DebuggerDisplay("{Name,nq}")]
public sealed class WebhookReceiver : IDisposable
{
    private readonly IWebhookSecretSource _secrets;
    private readonly HandlerRegistration[] _handlers;
    private readonly ReceiverSettings _settings;
    private readonly RejectionLogger _rejections;

    /// <summary>A receiver with one or more secrets.</summary>
    /// <param name="name">
    /// The receiver's name, a part of what is claimed: the same in each process that receives the same events, and another for another mode or endpoint.
    /// </param>
    /// <param name="secrets">The endpoint's secret, or several while one is being replaced; all of one mode.</param>
    /// <param name="handlers">The handlers. Those added later are not taken.</param>
    /// <param name="options">Log, limits and clock; null for the defaults.</param>
    /// <param name="services">What handlers are taken from, and the receiver's own log; null for none.</param>
    /// <exception cref="ArgumentException">The name is blank, or the options name secrets as well.</exception>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret, they are of both modes or not of the required one, there is no handler, a handler is not in the container, or an option is out of its
    /// range.
    /// </exception>
    public WebhookReceiver(
        string name,
        IEnumerable<WebhookSecret> secrets,
        WebhookHandlers handlers,
        WebhookReceiverOptions? options = null,
        IServiceProvider? services = null
    )
        : this(name, FixedWebhookSecrets.Create(secrets, options ??= new WebhookReceiverOptions()), handlers, options, services) { }

    internal WebhookReceiver(
        string name,
        IWebhookSecretSource secrets,
        WebhookHandlers handlers,
        WebhookReceiverOptions options,
        IServiceProvider? services
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handlers);
        WebhookReceiverRules.Check(options);
        Name = name;
        MaxBodyBytes = options.MaxBodyBytes;
        _secrets = secrets;
        _handlers = HandlerRules.Validate(name, handlers, services);
        _settings = CreateSettings(name, options, services);
        _rejections = new RejectionLogger(name, options, _settings.Logger);
    }

    /// <summary>The receiver's name.</summary>
    public string Name { get; }

    /// <summary>How long a delivery may take (<see cref="WebhookReceiverOptions.Timeout"/>); a door allows the same for reading its body.</summary>
    public TimeSpan Timeout => _settings.Timeout;

    /// <summary>The receiver's clock (<see cref="WebhookReceiverOptions.TimeProvider"/>).</summary>
    public TimeProvider TimeProvider => _settings.Time;

    /// <summary>The largest body, in bytes, that a door should read (<see cref="WebhookReceiverOptions.MaxBodyBytes"/>).</summary>
    public int MaxBodyBytes { get; }

    /// <summary>
    /// A receiver of an application: its secrets come from the configuration or the environment and follow their changes; handlers, log and clock come from the
    /// container. <c>AddNodeDataWebhookReceiver</c> and <c>MapNodeDataWebhooks</c> call it.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The receiver's name, a part of what is claimed.</param>
    /// <param name="configureHandlers">Names the handlers.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="NodeDataConfigurationException">There is no secret or no handler, or a setting cannot be used; the message names it and the cure.</exception>
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
        WebhookReceiverRules.Check(options);
        var handlers = new WebhookHandlers();
        configureHandlers(handlers);
        return new WebhookReceiver(name, new ApplicationWebhookSecrets(services, options), handlers, options, services);
    }

    /// <summary>Receives one delivery.</summary>
    /// <param name="body">The body's bytes, exactly as they came. They may be changed once the task has ended.</param>
    /// <param name="signature">The value of <see cref="WebhookVerifier.HeaderName"/>; null where there was none.</param>
    /// <param name="cancellationToken">
    /// Gives up: handlers are cancelled, and hold their claims until they have returned. For a shutdown; a sender that hangs up is no reason to cancel.
    /// </param>
    /// <returns>What to answer. A handler's failure is an answer, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed of.</exception>
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

    /// <summary>Lets go of the secrets. A delivery still at work comes to its end.</summary>
    public void Dispose() => _secrets.Dispose();

    private async Task<WebhookResult> ProcessAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        var verification = _secrets.Verifier.Verify(body.Span, signature);
        if (!verification.IsValid)
        {
            _rejections.Log(verification, signature is not null, body.Length);
            return new WebhookResult(WebhookOutcome.Rejected) { ErrorCode = verification.ErrorCode };
        }

        if (!WebhookEvent.TryParse(body.Span, out var webhookEvent))
        {
            _settings.Logger.WebhookBodyNotJsonObject(Name, body.Length);
            return new WebhookResult(WebhookOutcome.Unreadable) { ErrorCode = WebhookErrorCode.MalformedPayload };
        }

        var handlers = Array.FindAll(_handlers, handler => handler.IsFor(webhookEvent.Type));
        if (handlers.Length == 0)
        {
            if (_settings.Logger.IsEnabled(LogLevel.Debug))
            {
                _settings.Logger.WebhookNoHandler(Name, webhookEvent.ToString());
            }

            return new WebhookResult(WebhookOutcome.NoHandler) { Event = webhookEvent };
        }

        var receivedEvent = ReceivedEvent.Create(webhookEvent, body.Span);
        var result = await new EventRun(_settings, receivedEvent, handlers).RunAsync(cancellationToken).ConfigureAwait(false);
        return new WebhookResult(result.Outcome) { Event = webhookEvent, RetryAfter = result.RetryAfter };
    }

    private bool IsKnown(WebhookEvent? webhookEvent) =>
        webhookEvent is not null && (webhookEvent.Type.IsKnown || Array.Exists(_handlers, handler => handler.Type == webhookEvent.Type));

    private static ReceiverSettings CreateSettings(string name, WebhookReceiverOptions options, IServiceProvider? services) =>
        new()
        {
            Receiver = name,
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
