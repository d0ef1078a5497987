using NodeData.Sdk.Webhooks.Rotation;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Rotates webhook secrets. An endpoint has one secret for its lifetime, so a second endpoint with the same URL and event types replaces it. During the overlap
/// each event is delivered twice, with the same id; the receiver's claims detect the duplicate. The progress of the rotation is kept in the new endpoint's
/// description, so that any machine can continue it. Run one rotation of an endpoint at a time.
/// </summary>
public static class NodeClientWebhookSecretExtensions
{
    /// <summary>
    /// Replaces a webhook endpoint, and thereby its secret, without losing an event: starts the rotation like <see cref="StartWebhookSecretRotationAsync"/>,
    /// waits for the end of the overlap, and completes it.
    /// </summary>
    /// <param name="node">The client; its key needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The id of the endpoint to replace, such as <c>we_…</c>.</param>
    /// <param name="options">The overlap, and how the new secret is deployed.</param>
    /// <param name="cancellationToken">
    /// Cancels the call. Before the secret is deployed, the new endpoint is deleted again; afterwards the rotation can be resumed.
    /// </param>
    /// <returns>The completed rotation.</returns>
    /// <exception cref="NodeDataException">The rotation was rejected or failed; the message says what remains and what to do.</exception>
    public static async Task<WebhookSecretRotation> RotateWebhookSecretAsync(
        this NodeClient node,
        string endpointId,
        WebhookSecretRotationOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(options);
        var run = new SecretRotationRun(node, endpointId);
        var started = await run.StartAsync(options, cancellationToken).ConfigureAwait(false);
        await run.WaitAsync(started.OverlapEndsAt, cancellationToken).ConfigureAwait(false);
        return await run.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts a rotation: creates the new endpoint, disabled until its secret is deployed, deploys the secret in addition to the old one, and enables the
    /// endpoint, so that both receive deliveries. Called again, it returns the rotation in progress, or starts over if the secret was never deployed.
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
        return new SecretRotationRun(node, endpointId).StartAsync(options, cancellationToken);
    }

    /// <summary>
    /// Completes a rotation: deletes the old endpoint if the overlap has ended; otherwise changes nothing. Rejected if deliveries to the new endpoint fail,
    /// because then no receiver has its secret.
    /// </summary>
    /// <param name="node">The client; its key needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The id of the endpoint to replace, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the rotation can be resumed.</param>
    /// <returns>The rotation; <see cref="WebhookSecretRotation.IsCompleted"/> says whether the old endpoint was deleted.</returns>
    /// <exception cref="NodeDataException">The rotation was rejected, or a call failed; the message says what remains and what to do.</exception>
    public static Task<WebhookSecretRotation> CompleteWebhookSecretRotationAsync(
        this NodeClient node,
        string endpointId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        return new SecretRotationRun(node, endpointId).CompleteAsync(cancellationToken);
    }

    /// <summary>Rolls back a rotation: deletes the new endpoint. The old endpoint received deliveries throughout, so no event is lost.</summary>
    /// <param name="node">The client; its key needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The id of the old endpoint, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the rollback can be resumed.</param>
    /// <returns>A task that completes when the new endpoint is deleted.</returns>
    /// <exception cref="NodeDataException">The old endpoint does not exist or is disabled, so that nothing would be delivered; or a call failed.</exception>
    public static Task RollBackWebhookSecretRotationAsync(
        this NodeClient node,
        string endpointId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        return new SecretRotationRun(node, endpointId).RollBackAsync(cancellationToken);
    }
}
