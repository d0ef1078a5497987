namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Derives the recovery from the error code and the stage of a rotation.</summary>
internal static class RotationRecovery
{
    public static ApiKeyRotationRecovery GetRecovery(ApiKeyRotationException exception) =>
        exception.ErrorCode switch
        {
            ApiKeyRotationErrorCode.OldKeyRevoked or ApiKeyRotationErrorCode.OldKeyExpired => ApiKeyRotationRecovery.CreateKey,
            ApiKeyRotationErrorCode.OldKeyUnavailable => exception.IsRejected
                ? ApiKeyRotationRecovery.Resume
                : ApiKeyRotationRecovery.CreateKey,
            ApiKeyRotationErrorCode.AlreadyCompleted => ApiKeyRotationRecovery.RotateNewKey,
            ApiKeyRotationErrorCode.InProgress => ApiKeyRotationRecovery.WaitAndRetry,
            ApiKeyRotationErrorCode.RollbackInProgress or ApiKeyRotationErrorCode.TooManyAttempts => ApiKeyRotationRecovery.RollBack,
            _ => exception.IsRejected ? ApiKeyRotationRecovery.Retry : GetRecoveryFromStage(exception.Rotation?.Stage),
        };

    private static ApiKeyRotationRecovery GetRecoveryFromStage(ApiKeyRotationStage? stage) =>
        stage == ApiKeyRotationStage.Creating || stage == ApiKeyRotationStage.Deploying ? ApiKeyRotationRecovery.ResumeOrRollBack
        : stage == ApiKeyRotationStage.Overlapping || stage == ApiKeyRotationStage.Revoking ? ApiKeyRotationRecovery.Resume
        : stage == ApiKeyRotationStage.RollingBack ? ApiKeyRotationRecovery.RollBack
        : ApiKeyRotationRecovery.Retry;
}
