namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Remembers which deliveries are being handled and which were. Every change is one atomic step in the store. Safe for use by several threads, and where the
/// store is shared, by several processes. <c>NodeData.Sdk.Testing</c> has the tests that an implementation must pass.
/// </summary>
/// <remarks>
/// <para>
/// A claim is held from when it is granted until its lease has run out, or it is completed or released. One whose lease has run out is gone, even where nobody has
/// taken the delivery since: it can be neither renewed nor completed.
/// </para>
/// <para>
/// A call that fails may have been carried out all the same: the receiver makes the same call again, so each must know its own claim. A store that cannot be
/// reached is an exception of any type. An implementation heeds the token where it can; the receiver waits no longer either way.
/// </para>
/// </remarks>
public interface IWebhookClaimStore
{
    /// <summary>
    /// Claims a delivery. Granted where nobody holds it and it was not completed within the retention; each grant counts as an attempt. A claim that this owner
    /// holds already is granted again with the same attempt (the answer to the first call was lost), its lease begun anew.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Ends the waiting; the claim may have been made all the same.</param>
    ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Begins the lease of a claim anew.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether this owner still held the claim.</returns>
    ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Notes that the delivery was handled: for the retention it is not handed out again.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Ends the waiting; the delivery may have been completed all the same.</param>
    /// <returns>Whether it is completed by this owner: now, or by an earlier call whose answer was lost.</returns>
    ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken);

    /// <summary>Lets go of a claim, so that the next delivery is handled at once. The count of attempts stays.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether this owner held the claim until now.</returns>
    ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken);
}
