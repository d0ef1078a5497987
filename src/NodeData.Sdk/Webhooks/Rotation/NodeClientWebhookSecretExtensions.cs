using NodeData.Sdk.Webhooks.Rotation;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// The rotation of webhook secrets, over the calls that there are: an endpoint has one secret for its life, so a second endpoint with the same url and events
/// takes its place. During the overlap each event comes twice, with the same id: the receiver's claims absorb that. How far it has come stands in the new
/// endpoint's description, so that any machine can go on. Run one rotation of an endpoint at a time.
/// </summary>
public static class NodeClientWebhookSecretExtensions
{
    /// <summary>
    /// Replaces an endpoint, and so its secret, without losing an event: begins as <see cref="StartWebhookSecretRotationAsync"/>, waits, and completes.
    /// </summary>
    /// <param name="node">The client; it needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The endpoint to be replaced, such as <c>we_…</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the call; before the secret is deployed nothing is left behind, later it can be gone on with.</param>
    /// <exception cref="NodeDataException">It was refused, or stopped on its way; the message says what is left and what to do.</exception>
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
    /// The first half: makes the new endpoint, silent until its secret is deployed, deploys that beside the old one, and lets both be delivered to. Called
    /// again, it gives the receipt of the rotation that is under way, or begins anew where that one never deployed.
    /// </summary>
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
    /// The second half: where the overlap is over, deletes the old endpoint; where it is not, does nothing, and the receipt says so. Refused where deliveries to
    /// the new endpoint fail, because then no receiver has its secret.
    /// </summary>
    /// <param name="node">The client; it needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The endpoint to be replaced, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Ends the call; it can be gone on with.</param>
    /// <exception cref="NodeDataException">It was refused, or a call failed; the message says what is left and what to do.</exception>
    public static Task<WebhookSecretRotation> CompleteWebhookSecretRotationAsync(
        this NodeClient node,
        string endpointId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(node);
        return new SecretRotationRun(node, endpointId).CompleteAsync(cancellationToken);
    }

    /// <summary>Goes back: deletes what was to take the endpoint's place. The old endpoint was delivered to all the while, so nothing is lost.</summary>
    /// <param name="node">The client; it needs the scope <see cref="ApiKeyScope.WebhooksWrite"/>.</param>
    /// <param name="endpointId">The endpoint that was to be replaced, such as <c>we_…</c>.</param>
    /// <param name="cancellationToken">Ends the call; it can be gone on with.</param>
    /// <exception cref="NodeDataException">The old endpoint is gone or disabled, so that nothing would be delivered; or a call failed.</exception>
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
