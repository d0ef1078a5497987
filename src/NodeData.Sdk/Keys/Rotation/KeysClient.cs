using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <content>The doors of the rotation. They have no synchronous twins: what deploys a key is asynchronous.</content>
public partial class KeysClient
{
    /// <summary>The dry run: looks at the key, and says what <see cref="RotateAsync"/> would do. Nothing is changed, sent or written.</summary>
    /// <param name="oldKeyId">The id of the key to be replaced, such as <c>key_…</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The plan as an object; as text it tells itself in lines.</returns>
    /// <exception cref="ArgumentException">The id is blank, or holds a secret, which never stands in an address; nothing was sent.</exception>
    /// <exception cref="ApiKeyRotationException">The key cannot be rotated in this way; the message says why.</exception>
    /// <exception cref="NodeDataException">A call failed; see the types derived from it.</exception>
    public virtual Task<ApiKeyRotationPreview> PreviewKeyRotationAsync(
        string oldKeyId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).PreviewAsync(oldKeyId, cancellationToken);

    /// <summary>
    /// Replaces a key without an outage: makes a new one, sees that it works, deploys it, swaps this client to it where the client uses the old one, waits
    /// through the overlap, and revokes the old one.
    /// </summary>
    /// <remarks>
    /// Each step is written to the plan's log before it is taken. Called again after a failure, a cancellation or a crash, for the same key and with the same
    /// log, it goes on from there; called again after the end, it gives the same receipt. Where it fails before the new key is deployed, that key is revoked
    /// and nothing has changed; later, both keys stay accepted, and the message says how to go on or back.
    /// </remarks>
    /// <param name="oldKeyId">The id of the key to be replaced, such as <c>key_…</c>.</param>
    /// <param name="options">How; it needs <see cref="ApiKeyRotationOptions.Deploy"/> or <see cref="ApiKeyRotationOptions.Sinks"/>.</param>
    /// <param name="cancellationToken">Ends the call; before the new key is deployed it is revoked, later the rotation can be gone on with.</param>
    /// <exception cref="ArgumentException">The id is blank or holds a secret, or the plan says nowhere to deploy to; nothing was sent.</exception>
    /// <exception cref="ApiKeyRotationException">
    /// The rotation was refused (the key is revoked, expired or of the other mode; no overlap for the key that this client runs on; scopes not known; another
    /// rotation of the key is under way), or stopped on its way.
    /// </exception>
    /// <exception cref="NodeDataException">A call failed before the rotation began; see the types derived from it.</exception>
    public virtual Task<ApiKeyRotation> RotateAsync(
        string oldKeyId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).RotateAsync(oldKeyId, RotationTarget.Completed, cancellationToken);

    /// <summary>
    /// The first half of <see cref="RotateAsync"/>, for programs that cannot wait through the overlap (a CI job, a robot that reboots): comes back once the
    /// new key is deployed, with both keys accepted. <see cref="CompleteKeyRotationAsync"/> does the rest in a later run.
    /// </summary>
    /// <param name="oldKeyId">The id of the key to be replaced, such as <c>key_…</c>.</param>
    /// <param name="options">How; it needs <see cref="ApiKeyRotationOptions.Deploy"/> or <see cref="ApiKeyRotationOptions.Sinks"/>, and a log that the later run has too.</param>
    /// <param name="cancellationToken">Ends the call; before the new key is deployed it is revoked, later the rotation can be gone on with.</param>
    /// <returns>The receipt until now: <see cref="ApiKeyRotation.RotationId"/>, and in <see cref="ApiKeyRotation.OverlapEndsAt"/> when to complete it.</returns>
    /// <exception cref="ArgumentException">The id is blank or holds a secret, or the plan says nowhere to deploy to; nothing was sent.</exception>
    /// <exception cref="ApiKeyRotationException">The rotation was refused, or stopped on its way, as in <see cref="RotateAsync"/>.</exception>
    /// <exception cref="NodeDataException">A call failed before the rotation began; see the types derived from it.</exception>
    public virtual Task<ApiKeyRotation> StartKeyRotationAsync(
        string oldKeyId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).RotateAsync(oldKeyId, RotationTarget.Deployed, cancellationToken);

    /// <summary>
    /// Goes on with a rotation as far as it comes without waiting: where the overlap is over, the old key is revoked and the rotation is completed. Where it is
    /// not, nothing is done, and the receipt says so in <see cref="ApiKeyRotation.IsCompleted"/> and <see cref="ApiKeyRotation.OverlapEndsAt"/>.
    /// </summary>
    /// <remarks>Refused where this client itself still runs on the old key, because the rotation did not reach it yet. Calling it again is harmless.</remarks>
    /// <param name="rotationId">The id from the receipt, such as <c>rot_…</c>.</param>
    /// <param name="options">The plan's log counts; its sinks only where the run before was interrupted while it deployed.</param>
    /// <param name="cancellationToken">Ends the call; the rotation can be gone on with.</param>
    /// <exception cref="ArgumentException">The id is blank.</exception>
    /// <exception cref="ApiKeyRotationException">The log has no such rotation, it is being aborted, or it stopped on its way.</exception>
    public virtual Task<ApiKeyRotation> CompleteKeyRotationAsync(
        string rotationId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).CompleteAsync(rotationId, cancellationToken);

    /// <summary>
    /// Takes a rotation back. Where nobody was handed the new key, it is revoked, and that is all. Else the old key is put back into the plan's sinks (and into
    /// this client), and what the rotation made is revoked after an overlap: the plan's, or the rotation's own.
    /// </summary>
    /// <remarks>Called again after an interruption it goes on from there. Refused, with nothing done, where the old key is not accepted any more.</remarks>
    /// <param name="rotationId">The id from the receipt or the error, such as <c>rot_…</c>.</param>
    /// <param name="options">The plan's log counts; once deploying began, its sinks, and <see cref="ApiKeyRotationOptions.OldKey"/> unless this client runs on it.</param>
    /// <param name="cancellationToken">Ends the call; it can be gone on with.</param>
    /// <exception cref="ArgumentException">The id is blank.</exception>
    /// <exception cref="ApiKeyRotationException">The log has no such rotation, it is completed, there is nothing to go back to, or it stopped on its way.</exception>
    /// <exception cref="NodeDataException">A call failed before anything was done; see the types derived from it.</exception>
    public virtual Task<ApiKeyRotation> RollBackKeyRotationAsync(
        string rotationId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).RollBackAsync(rotationId, cancellationToken);
}
