using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing;

/// <summary>
/// Defines how <see cref="WebhookClaimStoreConformance"/> opens the claim store under test and advances its time. Several checks can use one fixture, in
/// sequence or concurrently: each check uses its own claim keys.
/// </summary>
public abstract class WebhookClaimStoreFixture
{
    /// <summary>
    /// Gets the interval by which checks advance the time; a lease or a retention period of this duration has then expired. For a clock that can be advanced,
    /// any value is suitable. For a real clock, some checks wait for this interval, so a few hundred milliseconds are suitable; no check requires a call to
    /// complete within it. The default is one minute.
    /// </summary>
    public virtual TimeSpan ShortInterval => TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets the maximum time allowed for one call of the claim store, measured by the system clock. The check fails if a call takes longer. The default is 10
    /// seconds.
    /// </summary>
    public virtual TimeSpan CallTimeout => TimeSpan.FromSeconds(10);

    /// <summary>
    /// Opens a claim store over the data under test. Each check opens two, to verify that instances share their data: return a new instance each time, as
    /// another process would use it. Return the same instance if the instance itself contains the data. The fixture disposes of the instances that it opened.
    /// </summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The claim store.</returns>
    public abstract ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Advances the time of the claim store by at least the specified interval, measured by the clock that its leases use.</summary>
    /// <param name="time">The interval.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the interval has elapsed.</returns>
    public abstract ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken);
}
