namespace NodeData.Sdk.Webhooks;

/// <summary>Options for a receiver. They are read when the receiver is constructed; later changes have no effect.</summary>
public sealed class WebhookReceiverOptions
{
    internal const int DefaultTimeoutSeconds = 8;
    internal const int DefaultLeaseSeconds = 30;
    internal const int DefaultRetentionDays = 7;
    internal const int DefaultMaxAttempts = 10;
    internal const int DefaultMaxBodyBytes = 1024 * 1024;

    /// <summary>
    /// The endpoint's secret, or a reference to it; several while one is being replaced. Null for the secrets of the configuration
    /// (<c>NodeData:WebhookSecrets</c>, or <c>NodeData:Clients:name:WebhookSecrets</c> with a <see cref="ClientName"/>), or else of
    /// <c>NODE_DATA_WEBHOOK_SECRET</c>. Applies only to receivers that are created from an application's services. The default is null.
    /// </summary>
    public IReadOnlyList<SecretReference>? WebhookSecrets { get; set; }

    /// <summary>
    /// The name of the client whose configured secrets are used; empty for the unnamed client. Applies only to receivers that are created from an application's
    /// services. The default is empty.
    /// </summary>
    public string ClientName { get; set; } = "";

    /// <summary>
    /// The store of the claims. Null for the <see cref="IWebhookClaimStore"/> in the container, or else an <see cref="InMemoryWebhookClaimStore"/>, which
    /// serves one process. The default is null.
    /// </summary>
    public IWebhookClaimStore? ClaimStore { get; set; }

    /// <summary>
    /// The time that a delivery may take, including all its handlers. After that the handlers' tokens are canceled and the result is 503. Use less than the
    /// timeout of the sender. Greater than zero, at most one hour. The default is 8 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>
    /// The time for which a claim remains held after a process crashes: the event is not handled by another process before that. While a handler runs, its
    /// claim is renewed after every third of the lease. From 100 milliseconds to one hour. The default is 30 seconds.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(DefaultLeaseSeconds);

    /// <summary>
    /// The time for which a completed claim is stored: an event that is delivered again within this time is not handled again. At least the lease, at most 365
    /// days; use more than the time during which the sender retries (about three days). The default is 7 days.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(DefaultRetentionDays);

    /// <summary>The number of attempts after which <see cref="DeadLetter"/> is called if the last attempt fails. 1 or more. The default is 10.</summary>
    public int MaxAttempts { get; set; } = DefaultMaxAttempts;

    /// <summary>
    /// Called when a handler fails in attempt <see cref="MaxAttempts"/> or later. If it returns true, the application has stored the event: the event counts as
    /// handled and the result is 200. If it returns false or throws, the service delivers the event again. If it is null, handlers run for as long as the
    /// service retries. The default is null.
    /// </summary>
    public Func<WebhookDeadLetter, CancellationToken, Task<bool>>? DeadLetter { get; set; }

    /// <summary>
    /// Whether handlers run without a claim while the claim store is unavailable. If false, the result is 503 and the service delivers the event again. Set it
    /// to true only if the handlers can run any number of times for the same event. The default is false.
    /// </summary>
    public bool ProcessWithoutClaim { get; set; }

    /// <summary>The maximum size of a body, in bytes; a larger body is rejected with 413. From 1 to 1,073,741,824. The default is 1,048,576 (1 MiB).</summary>
    public int MaxBodyBytes { get; set; } = DefaultMaxBodyBytes;

    /// <summary>
    /// The maximum difference between a signature's time and the current time (<see cref="WebhookVerifierOptions.Tolerance"/>). From zero to one day. The
    /// default is 300 seconds.
    /// </summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromSeconds(WebhookVerifierOptions.DefaultToleranceSeconds);

    /// <summary>
    /// The mode that every secret must have; null for either mode, but never both. A secret without a mode is accepted with either. The default is null.
    /// </summary>
    public KeyMode? RequiredMode { get; set; }

    /// <summary>The clock for the tolerance, the timeout and the renewal of claims. The default is the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal WebhookVerifierOptions CreateVerifierOptions() =>
        new()
        {
            Tolerance = Tolerance,
            RequiredMode = RequiredMode,
            TimeProvider = TimeProvider,
        };
}
