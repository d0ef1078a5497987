namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a store of claims: which events are being handled, and which have been handled. Every change must be one atomic step. Implementations must be
/// thread-safe and, if the store is shared, safe for use by several processes. <c>NodeData.Sdk.Testing</c> contains the tests that an implementation must pass.
/// </summary>
/// <remarks>
/// <para>
/// A claim is held from the time it is granted until its lease expires, or it is completed or released. A claim whose lease has expired can be neither renewed
/// nor completed, even if no other owner has claimed the key since.
/// </para>
/// <para>
/// A call that fails may have been carried out nonetheless. The receiver retries it, so every call must recognize its own claim by the owner token. If the
/// store is unavailable, throw an exception of any type. Observe the cancellation token where possible; the receiver stops waiting in any case.
/// </para>
/// </remarks>
public interface IWebhookClaimStore
{
    /// <summary>
    /// Claims a key. The claim is granted if no other owner holds the key and the key was not completed within the retention; each grant counts as an attempt.
    /// If this owner already holds the claim (the response to an earlier call was lost), the claim is granted again with the same attempt, and its lease starts
    /// over.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call; the claim may have been granted nonetheless.</param>
    /// <returns>Whether the claim is granted, held by another owner, or already completed.</returns>
    ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Renews a claim: its lease starts over.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether this owner still held the claim.</returns>
    ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Completes a claim: the event was handled, and its key is not granted again within the retention.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call; the claim may have been completed nonetheless.</param>
    /// <returns>Whether this owner completed the claim, now or with an earlier call whose response was lost.</returns>
    ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Releases a claim, so that the key can be claimed again immediately. The number of attempts is kept.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether this owner still held the claim.</returns>
    ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken);
}
