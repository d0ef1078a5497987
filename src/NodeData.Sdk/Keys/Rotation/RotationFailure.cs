using NodeData.Sdk.Credentials;
using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// What a step that failed leaves behind. Before anybody has the new key it is revoked, and nothing has changed; later both keys stay accepted. The message
/// says which, and how to go on or back.
/// </summary>
internal static class RotationFailure
{
    // Cleaning up must not keep a caller who has given up.
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(15);

    public static async Task<ApiKeyRotationException> CreateExceptionAsync(
        RotationContext rotation,
        Exception failure,
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
        var cause = GetCause(failure);
        if (cancellationToken.IsCancellationRequested)
        {
            rotation.ReportProgress(ApiKeyRotationEvent.Canceled, $"Cancelled. {state}");
        }
        else
        {
            rotation.ReportProgress(ApiKeyRotationEvent.Failed, $"Stopped: {cause} {state}");
        }

        var rotationException = failure as ApiKeyRotationException;
        return new ApiKeyRotationException(
            $"The rotation {record.RotationId} of the key {record.OldKeyId} ({record.OldKeyHint ?? "no hint"}) stopped while {failedStage}: {cause} {state}",
            GetInnerException(rotation, failure)
        )
        {
            ErrorCode = GetErrorCode(failure),
            Rotation = ApiKeyRotation.FromRecord(record),
            Key = rotationException?.Key,
            MissingScopes = rotationException?.MissingScopes,
            Deployment = (failure as SinkFailure)?.Deployment,
        };
    }

    private static async Task<string> CleanUpAsync(RotationContext rotation)
    {
        var attempt = rotation.Record.Current;
        var hasDeployedAttempt = rotation.Record.Attempts.Any(earlier => earlier.IsDeployed);
        try
        {
            using var timeout = new CancellationTokenSource(CleanUpTimeout, rotation.Calls.Time);
            await RevokeOthers
                .RunAsync(rotation, key => key.Name == attempt.Name || key.Id == rotation.NewKey?.Id, keepId: null, timeout.Token)
                .ConfigureAwait(false);
            var withdrawn = rotation.Record.WithCurrentAttempt(attempt with { IsWithdrawn = true });
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
        // The failure that led here is the one to be reported.
        catch (Exception)
        {
            return $"The new key, {attempt.Name}, may still be accepted; nobody has it, and the old key is untouched. {DescribeRecovery(rotation)}";
        }

        return hasDeployedAttempt
            ? $"The replacement was revoked; the old key is accepted, and so is what was deployed before. {DescribeRecovery(rotation)}"
            : "The new key was revoked, and the old one is untouched. Mend the cause, then rotate again.";
    }

    private static string DescribeDeploying(RotationContext rotation)
    {
        var deployed = rotation.Record.Attempts.LastOrDefault(attempt => attempt.IsDeployed);
        return $"Nothing was revoked: the old key and the new one, {deployed?.KeyId} ({deployed?.KeyHint}), stay as they are. {DescribeRecovery(rotation)}";
    }

    private static string DescribeRollingBack(RotationContext rotation) =>
        "What the rotation made may still be accepted. Mend the cause, then call "
        + $"RollBackKeyRotationAsync(\"{rotation.Record.RotationId}\", plan) again: it goes on from here.";

    private static string DescribeDeployed(RotationContext rotation) =>
        $"The new key {rotation.Record.Current.KeyId} ({rotation.Record.Current.KeyHint}) is deployed. To go on, call RotateAsync for the old key, or "
        + $"CompleteKeyRotationAsync(\"{rotation.Record.RotationId}\", plan), with the same log.";

    private static string DescribeRecovery(RotationContext rotation) =>
        "To go on, mend the cause and rotate the same key again with the same log: what is missing is made anew. To go back, call "
        + $"RollBackKeyRotationAsync(\"{rotation.Record.RotationId}\", plan) with ApiKeyRotationOptions.OldKey, which is put back into the sinks where they may have another.";

    private static ApiKeyRotationErrorCode GetErrorCode(Exception failure) =>
        failure switch
        {
            SinkFailure => ApiKeyRotationErrorCode.SinkFailed,
            StoreFailure => ApiKeyRotationErrorCode.StoreFailed,
            ApiKeyRotationException rotationException => rotationException.ErrorCode,
            NodeDataException => ApiKeyRotationErrorCode.CallFailed,
            _ => ApiKeyRotationErrorCode.Unknown,
        };

    private static string GetCause(Exception failure) =>
        failure switch
        {
            SinkFailure sinkFailure => $"{sinkFailure.Description} ({Format(sinkFailure.InnerException!)}).",
            StoreFailure storeFailure => $"the log could not be written ({Format(storeFailure.InnerException!)}).",
            NodeDataException => failure.Message,
            _ => $"{Format(failure)}.",
        };

    // The message of a stranger may hold anything.
    private static string Format(Exception failure) => $"{failure.GetType().Name}: {SecretText.Mask(failure.Message).TrimEnd('.')}";

    private static Exception? GetInnerException(RotationContext rotation, Exception failure)
    {
        var cause = failure is SinkFailure or StoreFailure ? failure.InnerException! : failure;
        var text = cause.ToString();
        ApiKey?[] secrets = [rotation.NewKey?.Secret, rotation.Options.OldKey, rotation.OriginalClientKey?.Key];
        return secrets.Any(secret => secret is not null && text.Contains(secret.Reveal(), StringComparison.Ordinal)) ? null : cause;
    }
}
