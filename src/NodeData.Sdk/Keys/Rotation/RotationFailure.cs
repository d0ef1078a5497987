using NodeData.Sdk.Credentials;
using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// Creates the exception for a failed step and cleans up. A new key that was not deployed is revoked, so that nothing has changed; later, both keys remain
/// valid. The exception message contains the valid keys, and how to resume or roll back.
/// </summary>
internal static class RotationFailure
{
    // Bounds the cleanup, because a caller that canceled is waiting.
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(15);

    public static async Task<ApiKeyRotationException> CreateExceptionAsync(
        RotationContext rotation,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        var failedStage = rotation.Record.Stage;
        var state =
            rotation.Record.Stage == ApiKeyRotationStage.Creating ? await CleanUpAsync(rotation).ConfigureAwait(false)
            : rotation.Record.Stage == ApiKeyRotationStage.Deploying ? DescribeDeploying(rotation)
            : rotation.Record.Stage == ApiKeyRotationStage.RollingBack ? DescribeRollingBack(rotation)
            : DescribeDeployed(rotation);
        var record = rotation.Record;
        var cause = GetCause(exception);
        if (cancellationToken.IsCancellationRequested)
        {
            rotation.ReportProgress(ApiKeyRotationEvent.Canceled, $"Canceled. {state}");
        }
        else
        {
            rotation.ReportProgress(ApiKeyRotationEvent.Failed, $"Failed: {cause} {state}");
        }

        var rotationException = exception as ApiKeyRotationException;
        return new ApiKeyRotationException(
            $"The rotation {record.RotationId} of the key {record.OldKeyId} ({record.OldKeyHint ?? "no hint"}) failed in stage {failedStage}: {cause} {state}",
            GetInnerException(rotation, exception)
        )
        {
            ErrorCode = GetErrorCode(exception),
            Rotation = ApiKeyRotation.FromRecord(record),
            Key = rotationException?.Key,
            MissingScopes = rotationException?.MissingScopes,
            Deployment = (exception as ApiKeySinkException)?.Deployment,
        };
    }

    private static async Task<string> CleanUpAsync(RotationContext rotation)
    {
        var attempt = rotation.Record.Current;
        var hasDeployedAttempt = rotation.Record.Attempts.Any(earlier => earlier.HasDeploymentStarted);
        try
        {
            using var timeout = new CancellationTokenSource(CleanUpTimeout, rotation.Calls.Time);
            await RotationKeys
                .RevokeAsync(rotation, key => key.Name == attempt.Name || key.Id == rotation.NewKey?.Id, keepId: null, timeout.Token)
                .ConfigureAwait(false);
            var withdrawn = rotation.Record.WithCurrentAttempt(attempt with { IsAbandoned = true });
            await rotation
                .WriteAsync(
                    hasDeployedAttempt
                        ? withdrawn with
                        {
                            Stage = ApiKeyRotationStage.Deploying,
                        }
                        : withdrawn with
                        {
                            Stage = ApiKeyRotationStage.RolledBack,
                            FinishedAt = rotation.Calls.Now,
                        },
                    timeout.Token
                )
                .ConfigureAwait(false);
        }
        // The original failure is reported, not that of the cleanup.
        catch (Exception)
        {
            return $"The new key, {attempt.Name}, may still be valid; it was not deployed, and the old key is unchanged. {DescribeRecovery(rotation)}";
        }

        return hasDeployedAttempt
            ? $"The replacement was revoked; the old key and the keys that were deployed before are still valid. {DescribeRecovery(rotation)}"
            : "The new key was revoked, and the old one is unchanged. Fix the cause, then rotate again.";
    }

    private static string DescribeDeploying(RotationContext rotation)
    {
        var deployed = rotation.Record.Attempts.LastOrDefault(attempt => attempt.HasDeploymentStarted);
        return $"Nothing was revoked: the old key and the new one, {deployed?.KeyId} ({deployed?.KeyHint}), are unchanged. {DescribeRecovery(rotation)}";
    }

    private static string DescribeRollingBack(RotationContext rotation) =>
        "Keys that the rotation created may still be valid. Fix the cause, then call "
        + $"RollBackKeyRotationAsync(\"{rotation.Record.RotationId}\", options) again, which resumes the rollback.";

    private static string DescribeDeployed(RotationContext rotation) =>
        $"The new key {rotation.Record.Current.KeyId} ({rotation.Record.Current.KeyHint}) is deployed. To resume, call RotateAsync for the old key, or "
        + $"CompleteKeyRotationAsync(\"{rotation.Record.RotationId}\", options), with the same store.";

    private static string DescribeRecovery(RotationContext rotation) =>
        "To resume, fix the cause and rotate the same key again with the same store; what is missing is created again. To roll back, call "
        + $"RollBackKeyRotationAsync(\"{rotation.Record.RotationId}\", options) with ApiKeyRotationOptions.OldKey, which is restored in sinks that may have another key.";

    private static ApiKeyRotationErrorCode GetErrorCode(Exception exception) =>
        exception switch
        {
            ApiKeySinkException => ApiKeyRotationErrorCode.SinkFailed,
            RotationStoreException => ApiKeyRotationErrorCode.StoreFailed,
            ApiKeyRotationException rotationException => rotationException.ErrorCode,
            NodeDataException => ApiKeyRotationErrorCode.RequestFailed,
            _ => ApiKeyRotationErrorCode.Unknown,
        };

    private static string GetCause(Exception exception) =>
        exception switch
        {
            ApiKeySinkException sinkException => $"{sinkException.Description} ({Format(sinkException.InnerException!)}).",
            RotationStoreException storeException => $"the store could not be written ({Format(storeException.InnerException!)}).",
            NodeDataException => exception.Message,
            _ => $"{Format(exception)}.",
        };

    // Messages of other libraries may contain secrets.
    private static string Format(Exception exception) => $"{exception.GetType().Name}: {SecretText.Mask(exception.Message).TrimEnd('.')}";

    private static Exception? GetInnerException(RotationContext rotation, Exception exception)
    {
        var cause = exception is ApiKeySinkException or RotationStoreException ? exception.InnerException! : exception;
        var text = cause.ToString();
        ApiKey?[] secrets = [rotation.NewKey?.Secret, rotation.Options.OldKey, rotation.OriginalClientKey?.Key];
        return secrets.Any(secret => secret is not null && text.Contains(secret.Reveal(), StringComparison.Ordinal)) ? null : cause;
    }
}
