using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing;

/// <summary>
/// The store under test, as <see cref="WebhookClaimStoreConformance"/> sees it: how a log over it is opened, and how time passes there. One subject may serve
/// several checks, one after another or at once: each check works on deliveries of its own.
/// </summary>
public abstract class WebhookClaimStoreFixture
{
    /// <summary>
    /// A time that checks let pass: a lease or a retention of this length is over afterwards. With a clock that can be advanced any time will do; on a real clock
    /// it is waited out for some checks, so some hundred milliseconds serve. Nothing is expected to happen within it. The default is one minute.
    /// </summary>
    public virtual TimeSpan ShortInterval => TimeSpan.FromMinutes(1);

    /// <summary>How long one call of the log may take, on the system's clock, before a check fails. The default is 10 seconds.</summary>
    public virtual TimeSpan CallTimeout => TimeSpan.FromSeconds(10);

    /// <summary>
    /// Opens a log over the store. A check asks for two where it proves that instances share what they know: give another instance each time, as another process
    /// would have it. Where the log itself is the store, give the same one. The subject disposes of what it opened.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public abstract ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Lets time pass for the store: at least as much as is asked for, measured by the clock that the store's leases run on.</summary>
    /// <param name="time">How much.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public abstract ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken);
}
