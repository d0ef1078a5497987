using NodeData.Sdk;

// The client that the tool is built with returns no other values.
#pragma warning disable CS8524

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Formats the message for a rejected or failed rotation: what happened, why, which keys work, and what to do.</summary>
internal static class FailureText
{
    /// <param name="exception">The exception of the client.</param>
    /// <param name="commands">The commands that resume the rotation or roll it back.</param>
    /// <param name="isRollBack">Whether the rotation was being rolled back.</param>
    public static string Format(ApiKeyRotationException exception, RotationCommands commands, bool isRollBack = false)
    {
        string?[] sentences =
        [
            $"{FormatHead(exception, commands.KeyId, isRollBack)}: {ErrorCodeText.Format(exception)}",
            FormatState(exception),
            FormatRecovery(exception, commands),
            exception.IsRejected ? "Nothing was done." : null,
        ];
        return string.Join(' ', sentences.OfType<string>());
    }

    private static string FormatHead(ApiKeyRotationException exception, string keyId, bool isRollBack) =>
        exception.IsRejected ? $"{(isRollBack ? "The rotation of " : "")}{keyId} was not {(isRollBack ? "rolled back" : "rotated")}"
        : exception.Rotation is not { Stage: var stage } ? $"The rotation of {keyId} did not start"
        : stage.IsFinal ? $"The rotation of {keyId} failed"
        : $"The rotation of {keyId} failed in stage {stage}";

    private static string? FormatState(ApiKeyRotationException exception)
    {
        if (
            exception.IsRejected
            || exception.Rotation is not { } rotation
            || exception.ErrorCode == ApiKeyRotationErrorCode.NewKeyNotActive
        )
        {
            return null;
        }

        var newKey = $"{rotation.NewKeyId} ({rotation.NewKeyHint})";
        return rotation.Stage == ApiKeyRotationStage.Creating
                ? $"The new key, {rotation.NewKeyName}, may still be valid, but its secret is not stored anywhere. The old key is unchanged."
            : rotation.Stage == ApiKeyRotationStage.Deploying && rotation.NewKeyId is null
                ? "The replacement was revoked; the old key works, and so do the keys that were deployed before."
            : rotation.Stage == ApiKeyRotationStage.Deploying ? $"No key was revoked: the old key and the new one, {newKey}, are unchanged."
            : rotation.Stage == ApiKeyRotationStage.RollingBack ? "Keys that the rotation created may still be valid."
            : rotation.Stage == ApiKeyRotationStage.RolledBack ? "The new key was revoked, and the old one is unchanged."
            : $"The new key {newKey} is deployed.";
    }

    private static string? FormatRecovery(ApiKeyRotationException exception, RotationCommands commands) =>
        exception.Recovery switch
        {
            // The reason already contains the remedy.
            ApiKeyRotationRecovery.Retry => exception is { ErrorCode: ApiKeyRotationErrorCode.UnfinishedRotation, Rotation: { } unfinished }
                ? FormatUnfinished(unfinished, commands with { KeyId = unfinished.OldKeyId })
            : exception.IsRejected ? null
            : "Fix the cause, then run the same command again.",
            ApiKeyRotationRecovery.CreateKey => "Create a new key with keys create.",
            ApiKeyRotationRecovery.WaitAndRetry => "Wait for it: its lock is released when it ends or when its process exits.",
            ApiKeyRotationRecovery.ResumeOrRollBack =>
                "To resume, fix the cause and run the same command again: what is missing is created again. To roll back, "
                    + $"run `{commands.RollBack}`{FormatRollBackOptions(exception.Rotation)}.",
            ApiKeyRotationRecovery.Resume => $"To resume, run the same command again without --roll-back, or run `{commands.Resume}`.",
            ApiKeyRotationRecovery.RollBack =>
                $"Fix the cause, then run `{commands.RollBack}`, which resumes the rollback; then rotate again.",
            ApiKeyRotationRecovery.RotateNewKey =>
                $"Rotate the new key instead{((exception.Key?.Id ?? exception.Rotation?.NewKeyId) is { } id ? $": {id}" : "")}.",
        };

    private static string FormatUnfinished(ApiKeyRotation unfinished, RotationCommands commands) =>
        unfinished.Stage == ApiKeyRotationStage.RollingBack
            ? $"Complete its rollback first: run `{commands.RollBack}`."
            : $"Complete it first: run `{commands.Resume}`, or roll it back: `{commands.RollBack}`.";

    private static string FormatRollBackOptions(ApiKeyRotation? rotation) =>
        rotation?.Stage == ApiKeyRotationStage.Creating
            ? ""
            : " with the same --to, and with --old-key-file unless node-data uses the old key";
}
