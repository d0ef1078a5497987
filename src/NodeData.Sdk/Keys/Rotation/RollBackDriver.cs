using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// Rolls back a rotation. If the new key was not deployed, it is revoked immediately; otherwise, the old key is restored first and the new one is revoked after
/// an overlap, because applications use it. Each part is recorded before it is performed, and performed again if it was interrupted.
/// </summary>
internal static class RollBackDriver
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);

    public static async Task<ApiKeyRotation> RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        if (rotation.Record.Stage == ApiKeyRotationStage.Completed)
        {
            throw RollBackStep.CreateRejection(
                rotation,
                ApiKeyRotationErrorCode.AlreadyCompleted,
                "it is completed, and the old key is revoked permanently. Rotate the new key instead."
            );
        }

        if (rotation.Record.Stage == ApiKeyRotationStage.RolledBack)
        {
            return ApiKeyRotation.FromRecord(rotation.Record);
        }

        try
        {
            await RollBackAsync(rotation, cancellationToken).ConfigureAwait(false);
        }
        catch (RotationStoreException exception) when (rotation.Record.Stage != ApiKeyRotationStage.RollingBack)
        {
            throw RollBackStep.CreateRejection(
                rotation,
                ApiKeyRotationErrorCode.StoreFailed,
                $"its record could not be written to the store ({exception.InnerException!.GetType().Name}: {exception.InnerException.Message}).",
                exception.InnerException
            );
        }
        catch (Exception exception)
            when (rotation.Record.Stage == ApiKeyRotationStage.RollingBack && !cancellationToken.IsCancellationRequested)
        {
            throw await RotationFailure.CreateExceptionAsync(rotation, exception, cancellationToken).ConfigureAwait(false);
        }

        return ApiKeyRotation.FromRecord(rotation.Record);
    }

    private static async Task RollBackAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        if (rotation.Record.Attempts.Any(attempt => attempt.HasDeploymentStarted))
        {
            if (rotation.Record is not { OverlapEndsAt: not null, Stage: var stage } || stage != ApiKeyRotationStage.RollingBack)
            {
                await RollBackStep.RunAsync(rotation, cancellationToken).ConfigureAwait(false);
            }

            await WaitForOverlapAsync(rotation, cancellationToken).ConfigureAwait(false);
            await RequireOldKeyAsync(rotation, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await rotation
                .WriteAsync(rotation.Record with { Stage = ApiKeyRotationStage.RollingBack }, cancellationToken)
                .ConfigureAwait(false);
        }

        await RotationKeys
            .RevokeAsync(rotation, key => RotationKeys.IsFromRotation(rotation.Record, key), keepId: null, cancellationToken)
            .ConfigureAwait(false);
        await rotation
            .WriteAsync(rotation.Record with { Stage = ApiKeyRotationStage.RolledBack, FinishedAt = rotation.Calls.Now }, cancellationToken)
            .ConfigureAwait(false);
        rotation.ReportProgress(
            ApiKeyRotationEvent.RolledBack,
            "The rotation is rolled back: the old key is active, and the keys that this rotation created are revoked."
        );
    }

    private static async Task WaitForOverlapAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        while (rotation.Record.OverlapEndsAt is { } end && rotation.Calls.Now < end)
        {
            await Delay.UntilAsync(end, MaxDelay, rotation.Calls.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A key of the rotation is not revoked if that would leave applications, or this client, without a key.
    private static async Task RequireOldKeyAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var oldKey = await rotation.Calls.FindAsync(rotation.Record.OldKeyId, cancellationToken).ConfigureAwait(false);
        if (oldKey is null || !oldKey.IsValid(rotation.Calls.Now))
        {
            throw new ApiKeyRotationException(
                $"The old key {rotation.Record.OldKeyId} was restored and has since been revoked or has expired, so the new key was not revoked. Create another key and deploy it."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.OldKeyUnavailable,
                Key = oldKey,
            };
        }

        if (await RollBackStep.FindNewClientKeyAsync(rotation, cancellationToken).ConfigureAwait(false) is { } clientKey)
        {
            throw new ApiKeyRotationException(
                $"This client still uses a key of the rotation ({clientKey.Hint}), so the client would have no valid key after its revocation. Load the old key from where it was restored."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.ClientStillUsesNewKey,
            };
        }
    }
}
