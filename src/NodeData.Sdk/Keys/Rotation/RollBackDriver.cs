using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// Takes a rotation back. Where nobody was handed the new key it is revoked at once; else the old key is put back first, and the new one is revoked after an
/// overlap, because programs took it. Each part is written down before it is done, and done again where it was interrupted.
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
                "it is completed, and the old key is revoked for good. Rotate the new key instead."
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
        catch (StoreFailure failure) when (rotation.Record.Stage != ApiKeyRotationStage.RollingBack)
        {
            throw RollBackStep.CreateRejection(
                rotation,
                ApiKeyRotationErrorCode.StoreFailed,
                $"its log could not be written ({failure.InnerException!.GetType().Name}: {failure.InnerException.Message}).",
                failure.InnerException
            );
        }
        catch (Exception failure)
            when (rotation.Record.Stage == ApiKeyRotationStage.RollingBack && !cancellationToken.IsCancellationRequested)
        {
            throw await RotationFailure.CreateExceptionAsync(rotation, failure, cancellationToken).ConfigureAwait(false);
        }

        return ApiKeyRotation.FromRecord(rotation.Record);
    }

    private static async Task RollBackAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        if (rotation.Record.Attempts.Any(attempt => attempt.IsDeployed))
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

        await RevokeOthers
            .RunAsync(rotation, key => RevokeOthers.IsFromRotation(rotation.Record, key), keepId: null, cancellationToken)
            .ConfigureAwait(false);
        await rotation
            .WriteAsync(rotation.Record with { Stage = ApiKeyRotationStage.RolledBack, FinishedAt = rotation.Calls.Now }, cancellationToken)
            .ConfigureAwait(false);
        rotation.ReportProgress(ApiKeyRotationEvent.RolledBack, "The old key is in its place, and what this rotation made is revoked.");
    }

    private static async Task WaitForOverlapAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        while (rotation.Record.OverlapEndsAt is { } end && rotation.Calls.Now < end)
        {
            await Delay.UntilAsync(end, MaxDelay, rotation.Calls.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Nothing of the rotation's is revoked where that would leave programs, or this one, without a key.
    private static async Task RequireOldKeyAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var oldKey = await rotation.Calls.FindAsync(rotation.Record.OldKeyId, cancellationToken).ConfigureAwait(false);
        if (oldKey is null || !oldKey.IsAccepted(rotation.Calls.Now))
        {
            throw new ApiKeyRotationException(
                $"The old key {rotation.Record.OldKeyId} was put back and then revoked or expired, so the new one was left alone. Create another key and deploy it."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.OldKeyUnavailable,
                Key = oldKey,
            };
        }

        if (await RollBackStep.FindNewClientKeyAsync(rotation, cancellationToken).ConfigureAwait(false) is { } clientKey)
        {
            throw new ApiKeyRotationException(
                $"This client itself still runs on a key of the rotation ({clientKey.Hint}), which would cut it off. Let it take the old key from where it was put back."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.ClientStillUsesNewKey,
            };
        }
    }
}
