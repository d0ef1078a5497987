namespace NodeData.Sdk.Webhooks.Rotation;

/// <summary>
/// One run of a rotation of a webhook secret. The old endpoint is touched by nothing but its deletion at the end, so whatever happens before then, every event
/// is delivered as ever, and what was made beside it can be deleted without loss.
/// </summary>
internal sealed class SecretRotationRun(NodeClient node, string endpointId)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(15);

    private readonly WebhooksClient _webhooks = node.Webhooks;

    public async Task<WebhookSecretRotation> BeginAsync(WebhookSecretRotationOptions plan, CancellationToken cancellationToken)
    {
        var old = await RequireOldAsync(cancellationToken).ConfigureAwait(false);
        var replacements = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (replacements.Find(one => one.Until is not null) is { Until: { } end } deployed)
        {
            return new WebhookSecretRotation(endpointId, deployed.Endpoint.Id) { OverlapEndsAt = end };
        }

        // Whoever made them was interrupted before the secret, which cannot be had again, was deployed.
        foreach (var (endpoint, _) in replacements)
        {
            await DeleteAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await ReplaceAsync(old, plan, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var left = await CleanUpAsync().ConfigureAwait(false);
            if (failure is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            // The message of a stranger may hold anything.
            var cause = failure is NodeDataException ? failure.Message : $"{failure.GetType().Name}.";
            throw new NodeDataException(
                $"The secret of the webhook endpoint {endpointId} was not rotated: {cause} The old endpoint is as it was. {left}",
                failure is NodeDataException ? failure : null
            );
        }
    }

    public async Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (node.Time.GetUtcNow() < until)
        {
            await Pause.UntilAsync(until, LongestWait, node.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<WebhookSecretRotation> CompleteAsync(CancellationToken cancellationToken)
    {
        var (endpoint, until) = (await FindAsync(cancellationToken).ConfigureAwait(false)).Find(one => one.Until is not null);
        if (endpoint is null || until is not { } end)
        {
            throw new NodeDataException(
                $"No endpoint is to take the place of {endpointId}, or its secret was never deployed. Begin the rotation with StartWebhookSecretRotationAsync."
            );
        }

        var receipt = new WebhookSecretRotation(endpointId, endpoint.Id) { OverlapEndsAt = end };
        if (node.Time.GetUtcNow() < end)
        {
            return receipt;
        }

        var works = await EndpointChecks.RequireWorkingAsync(_webhooks, endpoint, endpointId, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(endpointId, cancellationToken).ConfigureAwait(false);
        var change = new UpdateWebhookEndpointOptions { Description = ReplacementMark.Off(endpoint.Description) };
        await _webhooks.UpdateAsync(endpoint.Id, change, cancellationToken).ConfigureAwait(false);
        return receipt with { IsCompleted = true, IsVerified = works };
    }

    public async Task AbortAsync(CancellationToken cancellationToken)
    {
        await RequireOldAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (endpoint, _) in await FindAsync(cancellationToken).ConfigureAwait(false))
        {
            await DeleteAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<WebhookSecretRotation> ReplaceAsync(
        WebhookEndpoint old,
        WebhookSecretRotationOptions plan,
        CancellationToken cancellationToken
    )
    {
        var request = new CreateWebhookEndpointOptions(old.Url!)
        {
            Events = old.Events!,
            Description = ReplacementMark.On(old.Description, endpointId),
            IdempotencyKey = Guid.NewGuid().ToString("N"),
        };
        var made = await _webhooks.CreateAsync(request, cancellationToken).ConfigureAwait(false);
        if (made.DroppedEventTypes.Count > 0)
        {
            throw new NodeDataException($"The service would not deliver {string.Join(", ", made.DroppedEventTypes)} to the new endpoint.");
        }

        // No receiver has the secret yet: what was delivered now would be refused.
        await _webhooks
            .UpdateAsync(made.Id, new UpdateWebhookEndpointOptions { IsEnabled = false }, cancellationToken)
            .ConfigureAwait(false);
        await plan.Deploy(made, cancellationToken).ConfigureAwait(false);
        var end = ReplacementMark.Whole(node.Time.GetUtcNow() + plan.Overlap);
        var change = new UpdateWebhookEndpointOptions
        {
            IsEnabled = true,
            Description = ReplacementMark.On(old.Description, endpointId, end),
        };
        await _webhooks.UpdateAsync(made.Id, change, cancellationToken).ConfigureAwait(false);
        return new WebhookSecretRotation(endpointId, made.Id) { OverlapEndsAt = end };
    }

    private async Task<string> CleanUpAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CleanUpLimit, node.Time);
            foreach (var (endpoint, _) in await FindAsync(limit.Token).ConfigureAwait(false))
            {
                await DeleteAsync(endpoint.Id, limit.Token).ConfigureAwait(false);
            }

            return "The new one was deleted. Mend the cause, then rotate again.";
        }
        // The failure that led here is the one to be reported.
        catch (Exception)
        {
            return "What was made beside it may still be there; rotate again, or call RollBackWebhookSecretRotationAsync.";
        }
    }

    private async Task<WebhookEndpoint> RequireOldAsync(CancellationToken cancellationToken) =>
        EndpointChecks.RequireReplaceable(await _webhooks.GetAsync(endpointId, cancellationToken).ConfigureAwait(false));

    private async Task<List<(WebhookEndpoint Endpoint, DateTimeOffset? Until)>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<(WebhookEndpoint, DateTimeOffset?)>();
        await foreach (var endpoint in _webhooks.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ReplacementMark.IsOn(endpoint, endpointId, out var until))
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
            // Gone already, which is what was wanted.
        }
    }
}
