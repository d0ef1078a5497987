namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a claim store. A claim is a record that a handler is handling, or has handled, an event. Every change must be atomic. Implementations must be
/// thread-safe and, if the store is shared, safe for use by several processes. <c>NodeData.Sdk.Testing</c> contains the conformance checks that an
/// implementation must pass.
/// </summary>
/// <remarks>
/// <para>
/// The owner of a claim is the holder of its lease, identified by its owner token: a new one for each handler invocation. A claim is held from the time at
/// which it is granted until its lease expires, or until it is completed or released. A claim whose lease has expired cannot be renewed or completed, even if
/// no other owner has claimed the key since.
/// </para>
/// <para>
/// A call that fails may nonetheless have changed the store. The receiver retries the call, so every method must be idempotent for an owner, which is
/// identified by the owner token. If the store is unavailable, throw an exception of any type. Observe the cancellation token if possible; the receiver stops
/// waiting in any case.
/// </para>
/// </remarks>
public interface IWebhookClaimStore
{
    /// <summary>
    /// Acquires a claim on an event. The claim is granted if no other owner holds it and it was not completed within the retention period; each grant
    /// increments the number of attempts. If this owner already holds the claim because the response to an earlier call was lost, the claim is granted again
    /// with the same number, and its lease is restarted.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call; the claim may nonetheless have been granted.</param>
    /// <returns>The result: the claim is granted, held by another owner, or already completed.</returns>
    ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Renews a claim: restarts its lease.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>true if this owner held the claim; otherwise, false.</returns>
    ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Completes a claim: the event was handled, and its claim is not granted again within the retention period.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call; the claim may nonetheless have been completed.</param>
    /// <returns>true if this owner completed the claim, with this call or with an earlier call whose response was lost; otherwise, false.</returns>
    ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Releases a claim, so that it can be acquired again immediately. The number of attempts is kept.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>true if this owner held the claim; otherwise, false.</returns>
    ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken);
}
