namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Starts another attempt, recorded before its key is created. Keys that were not deployed are revoked first; keys whose deployment had started remain valid
/// until the overlap with their replacement ends.
/// </summary>
internal static class ReplaceStep
{
    /// <summary>The maximum number of keys that one rotation creates: a sink that always fails must be fixed.</summary>
    public const int MaxAttempts = 8;

    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var record = rotation.Record;
        if (record.Attempts.Count >= MaxAttempts)
        {
            throw new ApiKeyRotationException(
                $"{MaxAttempts} keys were created, and none could be deployed to every sink. Fix the sinks, then roll back this rotation and start another."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.TooManyAttempts,
            };
        }

        var attempt = record.Current;
        if (!attempt.HasDeploymentStarted)
        {
            await RotationKeys
                .RevokeAsync(rotation, key => key.Name == attempt.Name, keepId: null, cancellationToken)
                .ConfigureAwait(false);
            record = record.WithCurrentAttempt(attempt with { IsAbandoned = true });
        }

        var next = CreateAttempt(record, attempt.Name, record.Attempts.Count + 1, rotation.Calls.Now);
        await rotation
            .WriteAsync(
                record with
                {
                    Stage = ApiKeyRotationStage.Creating,
                    Attempts = [.. record.Attempts, next],
                    DeployedAt = null,
                    OverlapEndsAt = null,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        rotation.NewKey = null;
        rotation.IsVerified = false;
        rotation.IsSwitchCompleted = false;
        rotation.ReportProgress(
            ApiKeyRotationEvent.Replacing,
            "The secret of the previous key cannot be read again; creating a replacement."
        );
    }

    public static ApiKeyRotationAttempt CreateAttempt(ApiKeyRotationRecord record, string name, int number, DateTimeOffset now) =>
        new(RotationNames.CreateKeyName(name, record.RotationId, number), Guid.NewGuid().ToString("N"))
        {
            ExpiresAt = now + record.Lifetime,
        };
}
