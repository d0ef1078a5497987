using NodeData.Sdk.Webhooks.Rotation;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Provides extension methods that rotate webhook secrets. An endpoint has one secret for its lifetime, so a second endpoint with the same URL and event types
/// replaces it. During the overlap each event is delivered twice, with the same ID; the receiver's claims detect the duplicate. The progress of the rotation is
/// stored in the new endpoint's description, so that any process can resume it. Run one rotation of an endpoint at a time.
/// </summary>
public static class NodeClientWebhookSecretExtensions
{
    /// <summary>
    /// Rotates the secret of a webhook endpoint without losing an event: starts the rotation as <see cref="StartWebhookSecretRotationAsync"/> does, waits for
    /// the end of the overlap, and completes it.
    /// </summary>
    /// <param name="node">The client; its key needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The ID of the endpoint to replace, such as <c>we_…</c>.</param>
    /// <param name="options">The duration of the overlap, and the delegate that deploys the new secret.</param>
    /// <param name="cancellationToken">
    /// Cancels the call. If the secret is not deployed yet, the new endpoint is deleted; otherwise, the rotation can be resumed.
    /// </param>
    /// <returns>The completed rotation.</returns>
    /// <exception cref="NodeDataException">
    /// The rotation was rejected or failed; the exception message contains the state of the endpoints and the remedy.
    /// </exception>
    public static async Task<WebhookSecretRotation> RotateWebhookSecretAsync(
        this NodeClient node,
        string endpointId,
        WebhookSecretRotationOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(options);
        var rotator = new WebhookSecretRotator(node, endpointId);
        var started = await rotator.StartAsync(options, cancellationToken).ConfigureAwait(false);
        await rotator.WaitAsync(started.OverlapEndsAt, cancellationToken).ConfigureAwait(false);
        return await rotator.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts a rotation: creates the new endpoint, disabled until its secret is deployed, deploys the secret in addition to the old one, and enables the
    /// endpoint, so that both receive deliveries. If a rotation is in progress, it is returned; if its secret was never deployed, it is started over.
    /// </summary>
    /// <returns>The rotation, with the end of its overlap.</returns>
    /// <inheritdoc cref="RotateWebhookSecretAsync"/>
    public static Task<WebhookSecretRotation> StartWebhookSecretRotationAsync(
        this NodeClient node,
        string endpointId,
        WebhookSecretRotationOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(options);
        return new WebhookSecretRotator(node, endpointId).StartAsync(options, cancellationToken);
    }

    /// <summary>
    /// Completes a rotation: deletes the old endpoint if the overlap has ended; otherwise, changes nothing. The call fails if no delivery to the new endpoint
    /// succeeds, because then no receiver has its secret.
    /// </summary>
    /// <param name="node">The client; its key needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The ID of the endpoint to replace, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the rotation can be resumed.</param>
    /// <returns>The rotation; <see cref="WebhookSecretRotation.IsCompleted"/> is true if the old endpoint was deleted.</returns>
    /// <exception cref="NodeDataException">
    /// The rotation was rejected, or a call failed; the exception message contains the state of the endpoints and the remedy.
    /// </exception>
    public static Task<WebhookSecretRotation> CompleteWebhookSecretRotationAsync(
        this NodeClient node,
        string endpointId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        return new WebhookSecretRotator(node, endpointId).CompleteAsync(cancellationToken);
    }

    /// <summary>
    /// Rolls back a rotation: deletes the new endpoint. Events were delivered to the old endpoint during the whole rotation, so no event is lost.
    /// </summary>
    /// <param name="node">The client; its key needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The ID of the old endpoint, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the rollback can be resumed.</param>
    /// <returns>A task that completes when the new endpoint is deleted.</returns>
    /// <exception cref="NodeDataException">The old endpoint does not exist or is disabled, so that no event would be delivered, or a call failed.</exception>
    public static Task RollBackWebhookSecretRotationAsync(
        this NodeClient node,
        string endpointId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        return new WebhookSecretRotator(node, endpointId).RollBackAsync(cancellationToken);
    }
}
