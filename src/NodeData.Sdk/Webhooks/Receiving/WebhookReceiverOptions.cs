namespace NodeData.Sdk.Webhooks;

/// <summary>How a receiver works. Read when the receiver is made; a later change does not reach it.</summary>
public sealed class WebhookReceiverOptions
{
    internal const int DefaultTimeoutSeconds = 8;
    internal const int DefaultLeaseSeconds = 30;
    internal const int DefaultRetentionDays = 7;
    internal const int DefaultMaxAttempts = 10;
    internal const int DefaultMaxBodyBytes = 1024 * 1024;

    /// <summary>
    /// The endpoint's secret, or where it lies; several while one is being replaced. Null, the default, for those of the configuration
    /// (<c>NodeData:WebhookSecrets</c>, or <c>NodeData:Clients:name:WebhookSecrets</c> with a <see cref="ClientName"/>), else of
    /// <c>NODE_DATA_WEBHOOK_SECRET</c>. Only for a receiver that is made with the services of an application.
    /// </summary>
    public IReadOnlyList<SecretReference>? WebhookSecrets { get; set; }

    /// <summary>
    /// Whose secrets of the configuration are taken; empty, the default, for those of the client without a name. Only for a receiver that is made with the services
    /// of an application.
    /// </summary>
    public string ClientName { get; set; } = "";

    /// <summary>
    /// Remembers what is handled. Null, the default, for the one in the container; where there is none either, a log in memory, which serves one process.
    /// </summary>
    public IWebhookClaimStore? ClaimStore { get; set; }

    /// <summary>
    /// How long a delivery may take, all its handlers included, before it is answered 503 and their tokens are cancelled. Keep it below what the sender waits.
    /// Above zero and at most one hour. The default is 8 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>
    /// How long a claim outlives a process that died: the event is not handled elsewhere before. While a handler runs, its claim is renewed after each third of it.
    /// 100 milliseconds to one hour. The default is 30 seconds.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(DefaultLeaseSeconds);

    /// <summary>
    /// How long a handled event is remembered: one that is delivered again within it does not run again. At least as long as the lease, and best longer than the
    /// sender goes on trying (about three days). The default is 7 days.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(DefaultRetentionDays);

    /// <summary>After how many attempts, if the last one fails, <see cref="DeadLetter"/> is called. 1 or more. The default is 10.</summary>
    public int MaxAttempts { get; set; } = DefaultMaxAttempts;

    /// <summary>
    /// Called where a handler has failed at the <see cref="MaxAttempts"/>th attempt or later. Where it returns true, the application has put the event somewhere
    /// safe: it counts as handled and is answered 200. Where it returns false or throws, the service delivers again. Null, the default, for going on for as long as
    /// the service does.
    /// </summary>
    public Func<WebhookDeadLetter, CancellationToken, Task<bool>>? DeadLetter { get; set; }

    /// <summary>
    /// Whether handlers run without a claim where the delivery log cannot be asked. False, the default, answers 503, so that the service delivers again. True
    /// trades duplicates for promptness: only for handlers that may run any number of times.
    /// </summary>
    public bool ProcessWithoutClaim { get; set; }

    /// <summary>The largest body, in bytes, that a door reads (413 above). 1 to 1,073,741,824. The default is 1,048,576 (1 MiB).</summary>
    public int MaxBodyBytes { get; set; } = DefaultMaxBodyBytes;

    /// <summary>How far a signature's time may be from now (<see cref="WebhookVerifierOptions.Tolerance"/>). Zero to one day. The default is 300 seconds.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromSeconds(WebhookVerifierOptions.DefaultToleranceSeconds);

    /// <summary>The mode that the secrets must have; null, the default, for either, but never both. A secret that names no mode goes with either.</summary>
    public KeyMode? RequiredMode { get; set; }

    /// <summary>The clock behind the tolerance, the time-out and the renewals. The default is that of the system.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal WebhookVerifierOptions CreateVerifierOptions() =>
        new()
        {
            Tolerance = Tolerance,
            RequiredMode = RequiredMode,
            TimeProvider = TimeProvider,
        };
}
