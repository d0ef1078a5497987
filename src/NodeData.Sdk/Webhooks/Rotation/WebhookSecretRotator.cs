namespace NodeData.Sdk.Webhooks.Rotation;

/// <summary>
/// Runs the rotation of a webhook secret. The old endpoint is not changed until it is deleted as the last step, so every event is delivered to it until then,
/// and the new endpoint can be deleted without losing an event.
/// </summary>
internal sealed class WebhookSecretRotator(NodeClient node, string endpointId)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(15);

    private readonly WebhooksClient _webhooks = node.Webhooks;

    public async Task<WebhookSecretRotation> StartAsync(WebhookSecretRotationOptions options, CancellationToken cancellationToken)
    {
        var old = await GetOldEndpointAsync(cancellationToken).ConfigureAwait(false);
        var replacements = await FindReplacementsAsync(cancellationToken).ConfigureAwait(false);
        if (replacements.Find(replacement => replacement.Until is not null) is { Until: { } overlapEndsAt } deployed)
        {
            return new WebhookSecretRotation(endpointId, deployed.Endpoint.Id) { OverlapEndsAt = overlapEndsAt };
        }

        await RequireNotReplacementAsync(old, cancellationToken).ConfigureAwait(false);

        // These runs were interrupted before they deployed the secret, which cannot be read again.
        foreach (var (endpoint, _) in replacements)
        {
            await DeleteAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await CreateReplacementAsync(old, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var cleanUpResult = await CleanUpAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            // The message of an exception of a different type may contain a secret.
            var cause = exception is NodeDataException ? exception.Message : $"{exception.GetType().Name}.";
            throw new NodeDataException(
                $"The secret of the webhook endpoint {endpointId} was not rotated: {cause} The old endpoint was not changed. {cleanUpResult}",
                exception is NodeDataException ? exception : null
            );
        }
    }

    public async Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (node.TimeProvider.GetUtcNow() < until)
        {
            await Delay.UntilAsync(until, MaxDelay, node.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<WebhookSecretRotation> CompleteAsync(CancellationToken cancellationToken)
    {
        var (endpoint, until) = (await FindReplacementsAsync(cancellationToken).ConfigureAwait(false)).Find(replacement =>
            replacement.Until is not null
        );
        if (endpoint is null || until is not { } overlapEndsAt)
        {
            throw new NodeDataException(
                $"No endpoint replaces {endpointId}, or its secret was never deployed. Start the rotation with StartWebhookSecretRotationAsync."
            );
        }

        var rotation = new WebhookSecretRotation(endpointId, endpoint.Id) { OverlapEndsAt = overlapEndsAt };
        if (node.TimeProvider.GetUtcNow() < overlapEndsAt)
        {
            return rotation;
        }

        var isVerified = await EndpointChecks
            .VerifyDeliveriesAsync(_webhooks, endpoint, endpointId, cancellationToken)
            .ConfigureAwait(false);
        await DeleteAsync(endpointId, cancellationToken).ConfigureAwait(false);
        var change = new UpdateWebhookEndpointOptions { Description = ReplacementMarker.Remove(endpoint.Description) };
        await _webhooks.UpdateAsync(endpoint.Id, change, cancellationToken).ConfigureAwait(false);
        return rotation with { IsCompleted = true, IsVerified = isVerified };
    }

    public async Task RollBackAsync(CancellationToken cancellationToken)
    {
        await GetOldEndpointAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (endpoint, _) in await FindReplacementsAsync(cancellationToken).ConfigureAwait(false))
        {
            await DeleteAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<WebhookSecretRotation> CreateReplacementAsync(
        WebhookEndpoint old,
        WebhookSecretRotationOptions options,
        CancellationToken cancellationToken
    )
    {
        var request = new CreateWebhookEndpointOptions(old.Url!)
        {
            Events = old.Events!,
            Description = ReplacementMarker.Add(old.Description, endpointId),
            IdempotencyKey = Guid.NewGuid().ToString("N"),
        };
        var created = await _webhooks.CreateAsync(request, cancellationToken).ConfigureAwait(false);
        if (created.DroppedEventTypes.Count > 0)
        {
            throw new NodeDataException(
                $"The service did not accept the event types {string.Join(", ", created.DroppedEventTypes)} for the new endpoint."
            );
        }

        // No receiver has the secret yet, so every receiver would reject the requests.
        await _webhooks
            .UpdateAsync(created.Id, new UpdateWebhookEndpointOptions { IsEnabled = false }, cancellationToken)
            .ConfigureAwait(false);
        await options.Deploy(created, cancellationToken).ConfigureAwait(false);
        var overlapEndsAt = ReplacementMarker.TruncateToMilliseconds(node.TimeProvider.GetUtcNow() + options.Overlap);
        var change = new UpdateWebhookEndpointOptions
        {
            IsEnabled = true,
            Description = ReplacementMarker.Add(old.Description, endpointId, overlapEndsAt),
        };
        await _webhooks.UpdateAsync(created.Id, change, cancellationToken).ConfigureAwait(false);
        return new WebhookSecretRotation(endpointId, created.Id) { OverlapEndsAt = overlapEndsAt };
    }

    private async Task<string> CleanUpAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(CleanUpTimeout, node.TimeProvider);
            foreach (var (endpoint, _) in await FindReplacementsAsync(timeout.Token).ConfigureAwait(false))
            {
                await DeleteAsync(endpoint.Id, timeout.Token).ConfigureAwait(false);
            }

            return "The new endpoint was deleted. Fix the cause, then rotate again.";
        }
        // The original exception is reported instead.
        catch (Exception)
        {
            return "The new endpoint may still exist. Rotate again, or call RollBackWebhookSecretRotationAsync.";
        }
    }

    private async Task<WebhookEndpoint> GetOldEndpointAsync(CancellationToken cancellationToken) =>
        EndpointChecks.EnsureReplaceable(await _webhooks.GetAsync(endpointId, cancellationToken).ConfigureAwait(false));

    // If the new endpoint of an unfinished rotation was replaced, the first endpoint would never be deleted, and its secret would stay in use.
    private async Task RequireNotReplacementAsync(WebhookEndpoint old, CancellationToken cancellationToken)
    {
        if (ReplacementMarker.FindReplacedId(old.Description) is not { } replacedId)
        {
            return;
        }

        try
        {
            await _webhooks.GetAsync(replacedId, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeDataNotFoundException)
        {
            return;
        }

        throw new NodeDataException(
            $"The webhook endpoint {endpointId} replaces {replacedId}, and that rotation is not finished. Complete it with "
                + $"CompleteWebhookSecretRotationAsync(\"{replacedId}\"), or roll it back, then rotate {endpointId}. Nothing was done."
        );
    }

    private async Task<List<(WebhookEndpoint Endpoint, DateTimeOffset? Until)>> FindReplacementsAsync(CancellationToken cancellationToken)
    {
        var found = new List<(WebhookEndpoint, DateTimeOffset?)>();
        await foreach (var endpoint in _webhooks.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ReplacementMarker.TryRead(endpoint, endpointId, out var until))
            {
                found.Add((endpoint, until));
            }
        }

        return found;
    }

    private async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _webhooks.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeDataNotFoundException)
        {
            // Already deleted.
        }
    }
}
