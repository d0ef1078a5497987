namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Begins another attempt, written down before it is made. Keys that nobody can have are revoked first; those that were on their way to a sink stay accepted
/// until the overlap with their replacement is over.
/// </summary>
internal static class ReplaceStep
{
    /// <summary>How many keys one rotation makes: a sink that fails each time must be mended, not fed.</summary>
    public const int MaxAttempts = 8;

    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var record = rotation.Record;
        if (record.Attempts.Count >= MaxAttempts)
        {
            throw new ApiKeyRotationException(
                $"{MaxAttempts} keys were made, and none came to all its places. Mend the sinks, then abort this rotation and begin another."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.TooManyAttempts,
            };
        }

        var attempt = record.Current;
        if (!attempt.IsDeployed)
        {
            await RevokeOthers.RunAsync(rotation, key => key.Name == attempt.Name, keepId: null, cancellationToken).ConfigureAwait(false);
            record = record.WithCurrentAttempt(attempt with { IsWithdrawn = true });
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
        rotation.ReportProgress(ApiKeyRotationEvent.Replacing, "The secret of the key before cannot be had again: a replacement is made.");
    }

    public static ApiKeyRotationAttempt CreateAttempt(ApiKeyRotationRecord record, string name, int number, DateTimeOffset now) =>
        new(RotationNames.CreateKeyName(name, record.RotationId, number), Guid.NewGuid().ToString("N"))
        {
            ExpiresAt = now + record.Lifetime,
        };
}
