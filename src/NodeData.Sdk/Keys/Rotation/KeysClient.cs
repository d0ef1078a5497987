using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <content>The methods for rotations. They are async only, because deploying a key is asynchronous.</content>
public partial class KeysClient
{
    /// <summary>Gets a preview of what <see cref="RotateAsync"/> would do (a dry run). Only read requests are sent, and nothing is stored.</summary>
    /// <param name="oldKeyId">The ID of the key to be rotated, such as <c>key_…</c>.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The preview; its <c>ToString</c> lists the steps.</returns>
    /// <exception cref="ArgumentException">The ID is blank or contains a secret, which must not be part of a URL; nothing was sent.</exception>
    /// <exception cref="ApiKeyRotationException">The key cannot be rotated with these options; the exception message contains the reason.</exception>
    /// <exception cref="NodeDataException">A request failed; see the derived types.</exception>
    public virtual Task<ApiKeyRotationPreview> PreviewKeyRotationAsync(
        string oldKeyId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).PreviewAsync(oldKeyId, cancellationToken);

    /// <summary>
    /// Rotates a key without an outage: creates a new key, verifies it, deploys it, switches this client to it if the client uses the old one, waits for the
    /// overlap, and revokes the old key.
    /// </summary>
    /// <remarks>
    /// Each step is recorded in the store of the options before it is taken. After a failure, a cancellation or a crash, a call for the same key with the same
    /// store resumes the rotation; after its completion, a call is rejected with <see cref="ApiKeyRotationErrorCode.AlreadyCompleted"/> and names the new key. If
    /// the rotation fails before the new key is deployed, that key is revoked and nothing has changed; later, both keys remain valid, and the exception message contains how
    /// to resume or roll back.
    /// </remarks>
    /// <param name="oldKeyId">The ID of the key to be rotated, such as <c>key_…</c>.</param>
    /// <param name="options">The options; they need <see cref="ApiKeyRotationOptions.Deploy"/> or <see cref="ApiKeyRotationOptions.Sinks"/>.</param>
    /// <param name="cancellationToken">Cancels the call. Before its deployment, the new key is revoked; later, the rotation can be resumed.</param>
    /// <returns>The result of the completed rotation.</returns>
    /// <exception cref="ArgumentException">The ID is blank or contains a secret, or the options have no sink; nothing was sent.</exception>
    /// <exception cref="ApiKeyRotationException">
    /// The rotation was rejected (the key is revoked, expired, already replaced or of a different mode; no overlap for the key that this client uses; unknown
    /// scopes; another rotation of the key, or of the key that it replaces, is in progress), or failed.
    /// </exception>
    /// <exception cref="NodeDataException">A request failed before the rotation started; see the derived types.</exception>
    public virtual Task<ApiKeyRotation> RotateAsync(
        string oldKeyId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).RotateAsync(oldKeyId, RotationTarget.Completed, cancellationToken);

    /// <summary>
    /// Starts a rotation, for processes that cannot wait for the overlap (a CI job, a robot that reboots): completes when the new key is deployed and both keys
    /// are valid. <see cref="CompleteKeyRotationAsync"/> completes the rotation in a later run.
    /// </summary>
    /// <param name="oldKeyId">The ID of the key to be rotated, such as <c>key_…</c>.</param>
    /// <param name="options">
    /// The options; they need <see cref="ApiKeyRotationOptions.Deploy"/> or <see cref="ApiKeyRotationOptions.Sinks"/>, and a store that the later run can
    /// access.
    /// </param>
    /// <param name="cancellationToken">Cancels the call. Before its deployment, the new key is revoked; later, the rotation can be resumed.</param>
    /// <returns>
    /// The result so far: it contains <see cref="ApiKeyRotation.RotationId"/>, and in <see cref="ApiKeyRotation.OverlapEndsAt"/> the time from which the
    /// rotation can be completed.
    /// </returns>
    /// <exception cref="ArgumentException">The ID is blank or contains a secret, or the options have no sink; nothing was sent.</exception>
    /// <exception cref="ApiKeyRotationException">The rotation was rejected or failed, as in <see cref="RotateAsync"/>.</exception>
    /// <exception cref="NodeDataException">A request failed before the rotation started; see the derived types.</exception>
    public virtual Task<ApiKeyRotation> StartKeyRotationAsync(
        string oldKeyId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).RotateAsync(oldKeyId, RotationTarget.Deployed, cancellationToken);

    /// <summary>
    /// Resumes a rotation as far as possible without waiting: if the overlap has ended, the old key is revoked and the rotation is completed. Otherwise nothing
    /// is done; see <see cref="ApiKeyRotation.IsCompleted"/> and <see cref="ApiKeyRotation.OverlapEndsAt"/> of the result.
    /// </summary>
    /// <remarks>It fails if this client still uses the old key, because the client has not loaded the new one yet. The call is idempotent.</remarks>
    /// <param name="rotationId">The ID from the result, such as <c>rot_…</c>.</param>
    /// <param name="options">The options. Their store is used; their sinks only if an earlier run was interrupted during deployment.</param>
    /// <param name="cancellationToken">Cancels the call; the rotation can be resumed.</param>
    /// <returns>The result so far.</returns>
    /// <exception cref="ArgumentException">The ID is blank.</exception>
    /// <exception cref="ApiKeyRotationException">The store has no such rotation, the rotation is being rolled back, or it failed.</exception>
    public virtual Task<ApiKeyRotation> CompleteKeyRotationAsync(
        string rotationId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).CompleteAsync(rotationId, cancellationToken);

    /// <summary>
    /// Rolls back a rotation. If the new key was not deployed, it is revoked. Otherwise the old key is restored in the sinks of the options (and in this
    /// client), and the keys that the rotation created are revoked after an overlap: the overlap of the options if it is set; otherwise, the overlap of the
    /// rotation.
    /// </summary>
    /// <remarks>Called again after an interruption, it resumes the rollback. It is rejected, with nothing done, if the old key is no longer valid.</remarks>
    /// <param name="rotationId">The ID from the result or the exception, such as <c>rot_…</c>.</param>
    /// <param name="options">
    /// The options. Their store is used and, if a deployment was started, their sinks, and <see cref="ApiKeyRotationOptions.OldKey"/> unless this client uses
    /// that key.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; the rollback can be resumed.</param>
    /// <returns>The result of the rotation that was rolled back.</returns>
    /// <exception cref="ArgumentException">The ID is blank.</exception>
    /// <exception cref="ApiKeyRotationException">
    /// The store has no such rotation, the rotation is completed, the old key cannot be restored, or the rollback failed.
    /// </exception>
    /// <exception cref="NodeDataException">A request failed before anything was done; see the derived types.</exception>
    public virtual Task<ApiKeyRotation> RollBackKeyRotationAsync(
        string rotationId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, options).RollBackAsync(rotationId, cancellationToken);
}
