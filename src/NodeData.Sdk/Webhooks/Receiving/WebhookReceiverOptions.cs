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
    /// Gets or sets the endpoint's secret, or a reference to it; several during a rotation. Null for the secrets of the configuration
    /// (<c>NodeData:WebhookSecrets</c>, or <c>NodeData:Clients:name:WebhookSecrets</c> with a <see cref="ClientName"/>), or else of
    /// <c>NODE_DATA_WEBHOOK_SECRET</c>. Applies only to receivers that are created from an application's services. The default is null.
    /// </summary>
    public IReadOnlyList<SecretReference>? WebhookSecrets { get; set; }

    /// <summary>
    /// Gets or sets the name of the client whose configured secrets are used; empty for the unnamed client. Applies only to receivers that are created from an
    /// application's services. The default is empty.
    /// </summary>
    public string ClientName { get; set; } = "";

    /// <summary>
    /// Gets or sets the claim store. Null for the <see cref="IWebhookClaimStore"/> in the container, or else an <see cref="InMemoryWebhookClaimStore"/>, which
    /// is for one process. The default is null.
    /// </summary>
    public IWebhookClaimStore? ClaimStore { get; set; }

    /// <summary>
    /// Gets or sets the maximum time allowed for one request, including all handlers. When it expires, the handlers' tokens are canceled and the result is 503.
    /// Use a value less than the timeout of the sender. Greater than zero, at most one hour. The default is 8 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>
    /// Gets or sets the lease: the duration for which a claim is held without being renewed. After a process crashes, its events can be handled by another
    /// process only when the lease has expired. While a handler runs, its claim is renewed after every third of the lease. From 100 milliseconds to one hour.
    /// The default is 30 seconds.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(DefaultLeaseSeconds);

    /// <summary>
    /// Gets or sets the retention period: the duration for which a completed claim is stored. An event that is delivered again within this period is not
    /// handled again. At least the lease, at most 365 days; use a value greater than the time during which the sender retries (about three days). The default
    /// is 7 days.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(DefaultRetentionDays);

    /// <summary>
    /// Gets or sets the number of times that a handler is granted the claim on an event (<see cref="WebhookContext{TEvent}.Attempt"/>) before
    /// <see cref="DeadLetter"/> is called if the handler fails. 1 or more. The default is 10.
    /// </summary>
    public int MaxAttempts { get; set; } = DefaultMaxAttempts;

    /// <summary>
    /// Gets or sets the dead-letter callback, which is called if a handler fails and has been granted the claim on the event <see cref="MaxAttempts"/> times or
    /// more. If it returns true, the application has stored the event: the claim is completed and the result is 200. If it returns false or throws, the result
    /// is not 200, so that the service retries the delivery. If it is null, handlers run for as long as the service retries. The default is null.
    /// </summary>
    public Func<WebhookDeadLetter, CancellationToken, Task<bool>>? DeadLetter { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether handlers run without a claim while the claim store is unavailable. If false, the result is 503, so that the
    /// service retries the delivery. Set it to true only if the handlers are idempotent. The default is false.
    /// </summary>
    public bool ProcessWithoutClaim { get; set; }

    /// <summary>
    /// Gets or sets the maximum size of a body, in bytes; a larger body is rejected with 413. From 1 to 1,073,741,824. The default is 1,048,576 (1 MiB).
    /// </summary>
    public int MaxBodyBytes { get; set; } = DefaultMaxBodyBytes;

    /// <summary>
    /// Gets or sets the maximum difference between a signature's time and the current time (<see cref="WebhookVerifierOptions.Tolerance"/>). From zero to one
    /// day. The default is 300 seconds.
    /// </summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromSeconds(WebhookVerifierOptions.DefaultToleranceSeconds);

    /// <summary>
    /// Gets or sets the mode that every secret must have; null for any mode, if all secrets have the same mode. A secret without a mode is accepted with either
    /// mode. The default is null.
    /// </summary>
    public KeyMode? RequiredMode { get; set; }

    /// <summary>Gets or sets the clock for the tolerance, the timeout and the renewal of claims. The default is the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal WebhookVerifierOptions CreateVerifierOptions() =>
        new()
        {
            Tolerance = Tolerance,
            RequiredMode = RequiredMode,
            TimeProvider = TimeProvider,
        };
}
