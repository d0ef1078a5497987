namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Deploys the new key to every sink, in order. The start is recorded first, because a sink may have the key from then on.</summary>
internal static class DeployStep
{
    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var key = rotation.NewKey!;
        var record = rotation.Record;
        // Read before the deployment: once the key is deployed, the switch must not depend on a call.
        rotation.OriginalClientKey ??= await rotation.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        var attempt = record.Current with { KeyId = key.Id, KeyHint = key.Secret.Hint, HasDeploymentStarted = true };
        await rotation
            .WriteAsync(record.WithCurrentAttempt(attempt) with { Stage = ApiKeyRotationStage.Deploying }, cancellationToken)
            .ConfigureAwait(false);

        await DeployToSinksAsync(rotation, key, cancellationToken).ConfigureAwait(false);

        var now = rotation.Calls.Now;
        await rotation
            .WriteAsync(
                rotation.Record with
                {
                    Stage = ApiKeyRotationStage.Overlapping,
                    DeployedAt = now,
                    OverlapEndsAt = now + record.Overlap,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        rotation.ReportProgress(ApiKeyRotationEvent.Deployed, "Every sink has the new key; both keys are valid.");
    }

    public static async Task DeployToSinksAsync(RotationContext rotation, CreatedApiKey key, CancellationToken cancellationToken)
    {
        for (var index = 0; index < rotation.Sinks.Count; index++)
        {
            var sink = rotation.Sinks[index];
            rotation.ReportProgress(ApiKeyRotationEvent.Deploying, $"Deploying {key.Id} to {sink.Name}.", sink: sink.Name);
            try
            {
                await sink.DeployAsync(key, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new ApiKeySinkException(rotation.Sinks, index, exception);
            }
        }
    }
}
