using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

// Every reason, and no other value, comes from the client that the tool is built with.
#pragma warning disable CS8524

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Why a rotation was refused or stopped, in the tool's words. A reason that is missing here does not compile.</summary>
internal static class ErrorCodeText
{
    public static string Format(ApiKeyRotationException failure) =>
        failure.ErrorCode switch
        {
            ApiKeyRotationErrorCode.Unknown => $"{FormatCause(failure)}.",
            ApiKeyRotationErrorCode.OldKeyRevoked => "the key is revoked already.",
            ApiKeyRotationErrorCode.OldKeyExpired =>
                $"the key has expired{(failure.Key?.ExpiresAt is { } end ? $", at {Cell.FormatTime(end)}" : "")}.",
            ApiKeyRotationErrorCode.OldKeyNotActive =>
                $"the service says that the key is {failure.Key?.Status?.Value ?? "not active"}, and only an active key is rotated.",
            ApiKeyRotationErrorCode.OtherMode =>
                "the key is of the other mode than the one that node-data runs on. Give node-data a key of that mode.",
            ApiKeyRotationErrorCode.ScopesUnknown =>
                "the service does not say what the key may do, so the new one cannot be given the same. Make one with keys create --scope, "
                    + "then revoke the old one with keys revoke.",
            ApiKeyRotationErrorCode.LifetimeUnknown =>
                "the service does not say how long the key lives. Say when the new one ends with --expires.",
            ApiKeyRotationErrorCode.InvalidName => "the key's name cannot be given again. Name the new one with --name.",
            ApiKeyRotationErrorCode.ClientKeyNeedsFullAccess =>
                "node-data itself runs on the key, and the new one could not manage keys, so the rotation could not be ended. Give node-data "
                    + "another key with full access.",
            ApiKeyRotationErrorCode.ClientKeyNeedsOverlap =>
                "node-data itself runs on the key, and --overlap is zero, or nothing is left of the key's life: programs that have not taken the "
                    + "new key yet would be cut off. Give an overlap, or add --compromised where the key must go at any price.",
            ApiKeyRotationErrorCode.OldKeyMismatch =>
                "what was given with --old-key-file is another key than the one that is rotated. Give that one.",
            ApiKeyRotationErrorCode.AnotherRotation => FormatAnotherRotation(failure.Key),
            ApiKeyRotationErrorCode.InProgress =>
                "another rotation of the key is under way already, in this process or another that shares the log.",
            ApiKeyRotationErrorCode.NotFound =>
                "there is no such rotation of this service in the log. Go on where it was begun, or name its folder with --log.",
            ApiKeyRotationErrorCode.StoreFailed => $"it could not be written down in the log ({FormatCause(failure)}).",
            ApiKeyRotationErrorCode.RollbackInProgress => "its rotation is being taken back.",
            ApiKeyRotationErrorCode.NoSink =>
                "a key must be brought to its places, and none is named. Name them with --to, as when the rotation was begun.",
            ApiKeyRotationErrorCode.SinkFailed => FormatSinkFailure(failure),
            ApiKeyRotationErrorCode.CallFailed => $"{FormatCause(failure)}.",
            ApiKeyRotationErrorCode.NewKeyMismatch => "the service takes the new key for another one, or for one of the other mode.",
            ApiKeyRotationErrorCode.NewKeyScopesUnknown =>
                "the service does not say what the new key may do, so it cannot be seen whether it is what was asked for.",
            ApiKeyRotationErrorCode.NewKeyMissingScopes =>
                $"the new key lacks what was asked for: {ScopesText.Format(failure.MissingScopes)}.",
            ApiKeyRotationErrorCode.NewKeyHasFullAccess =>
                $"the new key may do everything, and only this was asked for: {ScopesText.Format(failure.Rotation?.Scopes)}.",
            ApiKeyRotationErrorCode.RevocationFailed =>
                $"the service was asked to revoke {failure.Key?.Id ?? "a key"}, and answered that it is {failure.Key?.Status?.Value ?? "not revoked"}.",
            ApiKeyRotationErrorCode.TooManyAttempts => "key after key was made, and none came to all its places.",
            ApiKeyRotationErrorCode.NewKeyNotActive =>
                $"the new key{(failure.Rotation?.NewKeyId is { } id ? $" {id}" : "")} was put in its places, and then revoked or expired from elsewhere. The old key was left alone.",
            ApiKeyRotationErrorCode.ClientKeyNotSwitched => "what gives node-data its key went on giving the old one.",
            ApiKeyRotationErrorCode.ClientStillUsesOldKey =>
                "node-data itself still runs on the old key, which would cut it off. Give it the new key, from where that was put; or add "
                    + "--compromised where the old key must go at any price.",
            ApiKeyRotationErrorCode.ClientStillUsesNewKey =>
                "node-data itself still runs on a key that is to be taken back, which would cut it off. Give it the old key, from where that was put back.",
            ApiKeyRotationErrorCode.AlreadyCompleted => "it is completed, and the old key is revoked for good.",
            ApiKeyRotationErrorCode.OldKeyUnavailable => "the old key is not accepted any more, so there is nothing to go back to.",
            ApiKeyRotationErrorCode.OldKeyRequired =>
                "the new key may be in its places already, and to put the old one back it must be at hand: name a file that has it with --old-key-file.",
            ApiKeyRotationErrorCode.OldKeyRejected =>
                $"the service does not accept what was given with --old-key-file ({FormatCause(failure)}). Give the key that is rotated.",
            ApiKeyRotationErrorCode.InternalError => "it went in circles, which is a defect of node-data.",
        };

    private static string FormatAnotherRotation(ApiKeyInfo? key) =>
        key is null
            ? "another rotation of it, which is not in this log, has made a key that is still accepted. Go on with that one where its log is (--log)."
            : $"another rotation of it, which is not in this log, has made the key {key.Id} ({key.Hint ?? "no hint"}, named {key.Name ?? "nothing"}), and that is still "
                + $"accepted. Go on with that rotation where its log is (--log); or, where the log is lost, revoke {key.Id} if nobody uses it, or the old key if "
                + "everybody does.";

    private static string FormatSinkFailure(ApiKeyRotationException failure) =>
        failure.Deployment is not { } deployment
            ? $"{FormatCause(failure)}."
            : $"{deployment.FailedSink} failed ({FormatCause(failure)})"
                + (deployment.CompletedSinks.Count == 0 ? "" : $"; done: {string.Join(", ", deployment.CompletedSinks)}")
                + (deployment.PendingSinks.Count == 0 ? "" : $"; not begun: {string.Join(", ", deployment.PendingSinks)}")
                + ".";

    // The client drops a cause that would show a secret.
    private static string FormatCause(ApiKeyRotationException failure) =>
        failure.InnerException is { } cause
            ? Failure.FromException(cause).Message.TrimEnd('.')
            : "why cannot be told without showing a secret";
}
