using NodeData.Sdk;

// Every reason, and no other value, comes from the client that the tool is built with.
#pragma warning disable CS8524

namespace NodeData.Cli.Keys.Rotation;

/// <summary>A rotation that was refused or stopped, in the tool's words: what happened, why, which keys work, and what to do.</summary>
internal static class FailureText
{
    /// <param name="failure">What the client said, as data.</param>
    /// <param name="commands">The commands that go on or back.</param>
    /// <param name="isRollBack">Whether the rotation was being taken back.</param>
    public static string Format(ApiKeyRotationException failure, RotationCommands commands, bool isRollBack = false)
    {
        string?[] sentences =
        [
            $"{FormatHead(failure, commands.KeyId, isRollBack)}: {ErrorCodeText.Format(failure)}",
            FormatState(failure),
            FormatRecovery(failure, commands),
            failure.IsRejected ? "Nothing was done." : null,
        ];
        return string.Join(' ', sentences.OfType<string>());
    }

    private static string FormatHead(ApiKeyRotationException failure, string keyId, bool isRollBack) =>
        failure.IsRejected ? $"{(isRollBack ? "The rotation of " : "")}{keyId} is not {(isRollBack ? "taken back" : "rotated")}"
        : failure.Rotation is not { Stage: var stage } ? $"The rotation of {keyId} did not begin"
        : stage.IsFinal ? $"The rotation of {keyId} was given up"
        : $"The rotation of {keyId} stopped while {stage}";

    private static string? FormatState(ApiKeyRotationException failure)
    {
        if (failure.IsRejected || failure.Rotation is not { } rotation || failure.ErrorCode == ApiKeyRotationErrorCode.NewKeyNotActive)
        {
            return null;
        }

        var newKey = $"{rotation.NewKeyId} ({rotation.NewKeyHint})";
        return rotation.Stage == ApiKeyRotationStage.Creating
                ? $"The new key, {rotation.NewKeyName}, may still be accepted; nobody has it, and the old key is untouched."
            : rotation.Stage == ApiKeyRotationStage.Deploying && rotation.NewKeyId is null
                ? "The replacement was revoked; the old key works, and so does what was put in place before."
            : rotation.Stage == ApiKeyRotationStage.Deploying
                ? $"Nothing was revoked: the old key and the new one, {newKey}, stay as they are."
            : rotation.Stage == ApiKeyRotationStage.RollingBack ? "What the rotation made may still be accepted."
            : rotation.Stage == ApiKeyRotationStage.RolledBack ? "The new key was revoked, and the old one is untouched."
            : $"The new key {newKey} is in its places.";
    }

    private static string? FormatRecovery(ApiKeyRotationException failure, RotationCommands commands) =>
        failure.Recovery switch
        {
            // What to mend was said with the reason.
            ApiKeyRotationRecovery.Retry => failure.IsRejected ? null : "Mend the cause, then run the same command again.",
            ApiKeyRotationRecovery.CreateKey => "Make a new one with keys create.",
            ApiKeyRotationRecovery.WaitAndRetry => "Wait for it: its lock goes when it ends, or with its process.",
            ApiKeyRotationRecovery.ResumeOrRollBack =>
                "To go on, mend the cause and run the same command again: what is missing is made anew. To go back, "
                    + $"run `{commands.RollBack}`{FormatRollBackOptions(failure.Rotation)}.",
            ApiKeyRotationRecovery.Resume => $"To go on, run the same command again without --abort, or `{commands.Resume}`.",
            ApiKeyRotationRecovery.RollBack =>
                $"Mend the cause, then run `{commands.RollBack}`, which goes on where it was begun; then rotate anew.",
            ApiKeyRotationRecovery.RotateNewKey => $"Rotate the new key instead{(failure.Rotation?.NewKeyId is { } id ? $": {id}" : "")}.",
        };

    private static string FormatRollBackOptions(ApiKeyRotation? rotation) =>
        rotation?.Stage == ApiKeyRotationStage.Creating
            ? ""
            : " with the same --to, and with --old-key-file unless node-data runs on the old key";
}
