using NodeData.Sdk.Credentials;
using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// What a step that failed leaves behind. Before anybody has the new key it is revoked, and nothing has changed; later both keys stay accepted. The message
/// says which, and how to go on or back.
/// </summary>
internal static class Failing
{
    // Cleaning up must not keep a caller who has given up.
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(15);

    public static async Task<ApiKeyRotationException> ExplainAsync(
        Rotation rotation,
        Exception failure,
        CancellationToken cancellationToken
    )
    {
        var stoppedWhile = rotation.Record.Stage;
        var state =
            rotation.Record.Stage == ApiKeyRotationStage.Creating ? await WithdrawAsync(rotation).ConfigureAwait(false)
            : rotation.Record.Stage == ApiKeyRotationStage.Deploying ? WhileDeploying(rotation)
            : rotation.Record.Stage == ApiKeyRotationStage.RollingBack ? WhileWithdrawing(rotation)
            : Later(rotation);
        var record = rotation.Record;
        var cause = CauseOf(failure);
        if (cancellationToken.IsCancellationRequested)
        {
            rotation.Tell(ApiKeyRotationEvent.Canceled, $"Cancelled. {state}");
        }
        else
        {
            rotation.Tell(ApiKeyRotationEvent.Failed, $"Stopped: {cause} {state}");
        }

        var why = failure as ApiKeyRotationException;
        return new ApiKeyRotationException(
            $"The rotation {record.RotationId} of the key {record.OldKeyId} ({record.OldKeyHint ?? "no hint"}) stopped while {stoppedWhile}: {cause} {state}",
            Safe(rotation, failure)
        )
        {
            ErrorCode = ReasonOf(failure),
            Rotation = ApiKeyRotation.Of(record),
            Key = why?.Key,
            MissingScopes = why?.MissingScopes,
            Deployment = (failure as SinkFailure)?.Deployment,
        };
    }

    private static async Task<string> WithdrawAsync(Rotation rotation)
    {
        var attempt = rotation.Record.Current;
        var others = rotation.Record.Attempts.Any(earlier => earlier.IsDeployed);
        try
        {
            using var limit = new CancellationTokenSource(CleanUpLimit, rotation.Calls.Time);
            await Sweep
                .RunAsync(rotation, key => key.Name == attempt.Name || key.Id == rotation.NewKey?.Id, keep: null, limit.Token)
                .ConfigureAwait(false);
            var withdrawn = rotation.Record.WithCurrent(attempt with { IsWithdrawn = true });
            await rotation
                .WriteAsync(
                    others
                        ? withdrawn with
                        {
                            Stage = ApiKeyRotationStage.Deploying,
                        }
                        : withdrawn with
                        {
                            Stage = ApiKeyRotationStage.RolledBack,
                            FinishedAt = rotation.Calls.Now,
                        },
                    limit.Token
                )
                .ConfigureAwait(false);
        }
        // The failure that led here is the one to be reported.
        catch (Exception)
        {
            return $"The new key, {attempt.Name}, may still be accepted; nobody has it, and the old key is untouched. {OnOrBack(rotation)}";
        }

        return others
            ? $"The replacement was revoked; the old key is accepted, and so is what was deployed before. {OnOrBack(rotation)}"
            : "The new key was revoked, and the old one is untouched. Mend the cause, then rotate again.";
    }

    private static string WhileDeploying(Rotation rotation)
    {
        var deployed = rotation.Record.Attempts.LastOrDefault(attempt => attempt.IsDeployed);
        return $"Nothing was revoked: the old key and the new one, {deployed?.KeyId} ({deployed?.KeyHint}), stay as they are. {OnOrBack(rotation)}";
    }

    private static string WhileWithdrawing(Rotation rotation) =>
        "What the rotation made may still be accepted. Mend the cause, then call "
        + $"RollBackKeyRotationAsync(\"{rotation.Record.RotationId}\", plan) again: it goes on from here.";

    private static string Later(Rotation rotation) =>
        $"The new key {rotation.Record.Current.KeyId} ({rotation.Record.Current.KeyHint}) is deployed. To go on, call RotateAsync for the old key, or "
        + $"CompleteKeyRotationAsync(\"{rotation.Record.RotationId}\", plan), with the same log.";

    private static string OnOrBack(Rotation rotation) =>
        "To go on, mend the cause and rotate the same key again with the same log: what is missing is made anew. To go back, call "
        + $"RollBackKeyRotationAsync(\"{rotation.Record.RotationId}\", plan) with ApiKeyRotationOptions.OldKey, which is put back into the sinks where they may have another.";

    private static ApiKeyRotationErrorCode ReasonOf(Exception failure) =>
        failure switch
        {
            SinkFailure => ApiKeyRotationErrorCode.SinkFailed,
            LogFailure => ApiKeyRotationErrorCode.StoreFailed,
            ApiKeyRotationException why => why.ErrorCode,
            NodeDataException => ApiKeyRotationErrorCode.CallFailed,
            _ => ApiKeyRotationErrorCode.Unknown,
        };

    private static string CauseOf(Exception failure) =>
        failure switch
        {
            SinkFailure sink => $"{sink.Where} ({Told(sink.InnerException!)}).",
            LogFailure log => $"the log could not be written ({Told(log.InnerException!)}).",
            NodeDataException => failure.Message,
            _ => $"{Told(failure)}.",
        };

    // The message of a stranger may hold anything.
    private static string Told(Exception failure) => $"{failure.GetType().Name}: {SecretText.Mask(failure.Message).TrimEnd('.')}";

    private static Exception? Safe(Rotation rotation, Exception failure)
    {
        var cause = failure is SinkFailure or LogFailure ? failure.InnerException! : failure;
        var text = cause.ToString();
        ApiKey?[] secrets = [rotation.NewKey?.Secret, rotation.Plan.OldKey, rotation.Own?.Key];
        return secrets.Any(secret => secret is not null && text.Contains(secret.Reveal(), StringComparison.Ordinal)) ? null : cause;
    }
}
