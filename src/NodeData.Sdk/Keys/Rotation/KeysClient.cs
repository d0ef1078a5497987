using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <content>The doors of the rotation. They have no synchronous twins: what deploys a key is asynchronous.</content>
public partial class KeysClient
{
    /// <summary>The dry run: looks at the key, and says what <see cref="RotateAsync"/> would do. Nothing is changed, sent or written.</summary>
    /// <param name="oldKeyId">The id of the key to be replaced, such as <c>key_…</c>.</param>
    /// <param name="plan">How.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The plan as an object; as text it tells itself in lines.</returns>
    /// <exception cref="ArgumentException">The id is blank, or holds a secret, which never stands in an address; nothing was sent.</exception>
    /// <exception cref="KeyRotationException">The key cannot be rotated in this way; the message says why.</exception>
    /// <exception cref="NodeDataException">A call failed; see the types derived from it.</exception>
    public virtual Task<PlannedKeyRotation> PlanRotationAsync(
        string oldKeyId,
        KeyRotationPlan plan,
        CancellationToken cancellationToken = default
    ) => new RotationRunner(_transport, plan).PlanAsync(oldKeyId, cancellationToken);

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
    /// <param name="plan">How; it needs <see cref="KeyRotationPlan.Deploy"/> or <see cref="KeyRotationPlan.Sinks"/>.</param>
    /// <param name="cancellationToken">Ends the call; before the new key is deployed it is revoked, later the rotation can be gone on with.</param>
    /// <exception cref="ArgumentException">The id is blank or holds a secret, or the plan says nowhere to deploy to; nothing was sent.</exception>
    /// <exception cref="KeyRotationException">
    /// The rotation was refused (the key is revoked, expired or of the other mode; no overlap for the key that this client runs on; scopes not known; another
    /// rotation of the key is under way), or stopped on its way.
    /// </exception>
    /// <exception cref="NodeDataException">A call failed before the rotation began; see the types derived from it.</exception>
    public virtual Task<KeyRotation> RotateAsync(string oldKeyId, KeyRotationPlan plan, CancellationToken cancellationToken = default) =>
        new RotationRunner(_transport, plan).RunAsync(oldKeyId, RotationReach.End, cancellationToken);
}
