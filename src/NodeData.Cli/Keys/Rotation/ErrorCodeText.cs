using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

// The client that the tool is built with returns no other values.
#pragma warning disable CS8524

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Formats the reason why a rotation was rejected or failed. An error code that is missing here does not compile.</summary>
internal static class ErrorCodeText
{
    public static string Format(ApiKeyRotationException exception) =>
        exception.ErrorCode switch
        {
            ApiKeyRotationErrorCode.Unknown => $"{FormatCause(exception)}.",
            ApiKeyRotationErrorCode.OldKeyRevoked => "the key is already revoked.",
            ApiKeyRotationErrorCode.OldKeyExpired =>
                $"the key expired{(exception.Key?.ExpiresAt is { } end ? $" at {Cell.FormatTime(end)}" : "")}.",
            ApiKeyRotationErrorCode.OldKeyNotActive =>
                $"the status of the key is {exception.Key?.Status?.Value ?? "not active"}, and only an active key can be rotated.",
            ApiKeyRotationErrorCode.ModeMismatch =>
                "the mode of the key differs from the mode of the key that node-data uses. Give node-data a key of the same mode.",
            ApiKeyRotationErrorCode.ScopesUnknown =>
                "the service did not return the scopes of the key, so the new one cannot have the same. Create one with keys create --scope, "
                    + "then revoke the old one with keys revoke.",
            ApiKeyRotationErrorCode.LifetimeUnknown =>
                "the service did not return the lifetime of the key. Set the expiration of the new one with --expires.",
            ApiKeyRotationErrorCode.InvalidName => "the name of the key cannot be used for the new one. Set its name with --name.",
            ApiKeyRotationErrorCode.ClientKeyNeedsFullAccess =>
                "node-data itself uses the key, and the new one could not manage keys, so the rotation could not be completed. Give node-data "
                    + "another key with full access.",
            ApiKeyRotationErrorCode.ClientKeyNeedsOverlap =>
                "node-data itself uses the key, and --overlap is zero or the key has no remaining lifetime: applications that have not loaded the "
                    + "new key yet would fail. Set an overlap, or add --compromised if the key must be revoked in any case.",
            ApiKeyRotationErrorCode.OldKeyMismatch =>
                "the key in --old-key-file is not the key that is being rotated. Pass the key that is being rotated.",
            ApiKeyRotationErrorCode.AnotherRotation => FormatAnotherRotation(exception.Key),
            ApiKeyRotationErrorCode.InProgress =>
                "another rotation of the key is already in progress, in this process or another one that shares the store.",
            ApiKeyRotationErrorCode.NotFound =>
                "there is no such rotation of this service in the store. Run the command where the rotation was started, or pass its directory with --store.",
            ApiKeyRotationErrorCode.StoreFailed => $"the store failed ({FormatCause(exception)}).",
            ApiKeyRotationErrorCode.RollbackInProgress => "its rotation is being rolled back.",
            ApiKeyRotationErrorCode.NoSink =>
                "a key must be deployed, and no sink is set. Pass the same --to as when the rotation was started.",
            ApiKeyRotationErrorCode.SinkFailed => FormatSinkFailure(exception),
            ApiKeyRotationErrorCode.RequestFailed => $"{FormatCause(exception)}.",
            ApiKeyRotationErrorCode.NewKeyMismatch => "the service identified the new key as another key, or as a key of a different mode.",
            ApiKeyRotationErrorCode.NewKeyScopesUnknown =>
                "the service did not return the scopes of the new key, so they cannot be compared with the requested ones.",
            ApiKeyRotationErrorCode.NewKeyMissingScopes =>
                $"the new key lacks requested scopes: {ScopesText.Format(exception.MissingScopes)}.",
            ApiKeyRotationErrorCode.NewKeyHasFullAccess =>
                $"the new key has full access, and only these scopes were requested: {ScopesText.Format(exception.Rotation?.Scopes)}.",
            ApiKeyRotationErrorCode.RevocationFailed =>
                $"after the request to revoke {exception.Key?.Id ?? "a key"}, the service returned the status {exception.Key?.Status?.Value ?? "not revoked"}.",
            ApiKeyRotationErrorCode.TooManyAttempts => "too many keys were created, and none was deployed to every sink.",
            ApiKeyRotationErrorCode.NewKeyNotActive =>
                $"the new key{(exception.Rotation?.NewKeyId is { } id ? $" {id}" : "")} was deployed, and then expired or was revoked elsewhere. The old key is unchanged.",
            ApiKeyRotationErrorCode.ClientKeyNotSwitched => "the source of node-data's key still returned the old key after the switch.",
            ApiKeyRotationErrorCode.ClientStillUsesOldKey =>
                "node-data itself still uses the old key, or an earlier replacement, so it would have no valid key. Give it the new key from where it was deployed, or add "
                    + "--compromised if the old key must be revoked in any case.",
            ApiKeyRotationErrorCode.ClientStillUsesNewKey =>
                "node-data itself still uses a key that is to be revoked, so it would have no valid key. Give it the old key from where it was restored.",
            ApiKeyRotationErrorCode.AlreadyCompleted => "the rotation is completed, and the old key is permanently revoked.",
            ApiKeyRotationErrorCode.OldKeyUnavailable => "the old key is no longer valid, so the rotation cannot be rolled back.",
            ApiKeyRotationErrorCode.OldKeyRequired =>
                "the new key may already be deployed, and restoring the old one requires the key itself: pass a file that holds it with --old-key-file.",
            ApiKeyRotationErrorCode.OldKeyRejected =>
                $"the service rejects the key in --old-key-file ({FormatCause(exception)}). Pass the key that is being rotated.",
            ApiKeyRotationErrorCode.UnfinishedRotation => FormatUnfinishedRotation(exception),
            ApiKeyRotationErrorCode.InternalError => "it repeated the same steps without progress, which is a bug in node-data.",
        };

    private static string FormatAnotherRotation(ApiKeyInfo? key) =>
        key is null
            ? "another rotation of it, which is not in this store, created a key that is still valid. Resume that rotation with its store (--store)."
            : $"another rotation of it, which is not in this store, created the key {key.Id} ({key.Hint ?? "no hint"}, named {key.Name ?? "nothing"}), which is still "
                + $"valid. Resume that rotation with its store (--store). If the store is lost, revoke {key.Id} if no application uses it, or the old key if "
                + $"every application uses {key.Id}.";

    private static string FormatUnfinishedRotation(ApiKeyRotationException exception) =>
        exception.Rotation is { } rotation
            ? $"it is the new key of the rotation of {rotation.OldKeyId}, which is not finished (stage {rotation.Stage})."
        : exception.Key is { } key
            ? $"it is the new key of a rotation of {key.Id} ({key.Hint ?? "no hint"}, named {key.Name ?? "nothing"}), which is not in this store and is not finished: "
                + $"{key.Id} is still valid. Resume that rotation with its store (--store). If the store is lost, revoke {key.Id} when no program uses it: "
                + $"node-data keys revoke {key.Id}."
        : "it is the new key of another rotation, which is not finished. Resume that rotation with its store (--store).";

    private static string FormatSinkFailure(ApiKeyRotationException exception) =>
        exception.Deployment is not { } deployment
            ? $"{FormatCause(exception)}."
            : $"{deployment.FailedSink} failed ({FormatCause(exception)})"
                + (deployment.CompletedSinks.Count == 0 ? "" : $"; completed: {string.Join(", ", deployment.CompletedSinks)}")
                + (deployment.PendingSinks.Count == 0 ? "" : $"; pending: {string.Join(", ", deployment.PendingSinks)}")
                + ".";

    // The client omits a cause that would show a secret.
    private static string FormatCause(ApiKeyRotationException exception) =>
        exception.InnerException is { } cause
            ? Failure.FromException(cause).Message.TrimEnd('.')
            : "the cause is withheld because it contains a secret";
}
