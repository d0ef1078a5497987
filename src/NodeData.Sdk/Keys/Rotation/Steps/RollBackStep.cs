namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Restores the old key where the new one was deployed. The old key must be available and valid: a rollback that would leave
/// applications without a key is rejected before anything is changed.
/// </summary>
internal static class RollBackStep
{
    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var oldKey = await GetOldKeyAsync(rotation, cancellationToken).ConfigureAwait(false);
        if (rotation.Sinks.Count == 0)
        {
            throw CreateRejection(
                rotation,
                ApiKeyRotationErrorCode.NoSink,
                "the new key may be deployed, and the options have no sink in which to restore the old one. Set ApiKeyRotationOptions.Deploy or ApiKeyRotationOptions.Sinks."
            );
        }

        await rotation
            .WriteAsync(
                rotation.Record with
                {
                    Stage = ApiKeyRotationStage.RollingBack,
                    DeployedAt = null,
                    OverlapEndsAt = null,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await DeployStep.DeployToSinksAsync(rotation, oldKey, cancellationToken).ConfigureAwait(false);
        await RestoreClientKeyAsync(rotation, oldKey.Secret, cancellationToken).ConfigureAwait(false);
        var now = rotation.Calls.Now;
        await rotation
            .WriteAsync(
                rotation.Record with
                {
                    DeployedAt = now,
                    OverlapEndsAt = now + (rotation.Options.Overlap ?? rotation.Record.Overlap),
                    IsClientKeySwitched = false,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        rotation.ReportProgress(ApiKeyRotationEvent.OldKeyRestored, "The old key is restored in every sink; both keys are valid.");
    }

    /// <summary>Creates the exception for a rollback that is rejected with nothing done.</summary>
    public static ApiKeyRotationException CreateRejection(
        RotationContext rotation,
        ApiKeyRotationErrorCode errorCode,
        string detail,
        Exception? cause = null
    ) =>
        new($"The rotation {rotation.Record.RotationId} was not rolled back: {detail} Nothing was done.", cause)
        {
            ErrorCode = errorCode,
            IsRejected = true,
            Rotation = ApiKeyRotation.FromRecord(rotation.Record),
        };

    private static async Task<CreatedApiKey> GetOldKeyAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var id = rotation.Record.OldKeyId;
        var info = await rotation.Calls.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (info is null || !info.IsValid(rotation.Calls.Now))
        {
            throw CreateRejection(
                rotation,
                ApiKeyRotationErrorCode.OldKeyUnavailable,
                $"the old key {id} is no longer valid, so it cannot be restored. Resume with RotateAsync instead."
            );
        }

        var clientKey = await rotation.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        rotation.OriginalClientKey = clientKey;
        var secret =
            rotation.Options.OldKey
            ?? (clientKey.IsOldKey ? clientKey.Key : null)
            ?? throw CreateRejection(
                rotation,
                ApiKeyRotationErrorCode.OldKeyRequired,
                "the new key may already be deployed, and restoring the old one requires its secret. Set ApiKeyRotationOptions.OldKey, or resume with RotateAsync."
            );
        await VerifyOldKeyAsync(rotation, secret, cancellationToken).ConfigureAwait(false);
        return new CreatedApiKey(info, secret);
    }

    private static async Task VerifyOldKeyAsync(RotationContext rotation, ApiKey secret, CancellationToken cancellationToken)
    {
        try
        {
            var keyId = (await rotation.Calls.GetAccountAsync(secret, cancellationToken).ConfigureAwait(false)).Key?.Id;
            var isOldKey = keyId is null
                ? rotation.Record.OldKeyHint is null || rotation.Record.OldKeyHint == secret.Hint
                : keyId == rotation.Record.OldKeyId;
            if (!isOldKey)
            {
                throw CreateRejection(
                    rotation,
                    ApiKeyRotationErrorCode.OldKeyMismatch,
                    $"ApiKeyRotationOptions.OldKey ({secret.Hint}) is not the key {rotation.Record.OldKeyId}. Set it to that key."
                );
            }
        }
        catch (NodeDataAuthenticationException exception)
        {
            throw CreateRejection(
                rotation,
                ApiKeyRotationErrorCode.OldKeyRejected,
                $"the service does not accept ApiKeyRotationOptions.OldKey ({secret.Hint}): {exception.Message}",
                exception
            );
        }
    }

    private static async Task RestoreClientKeyAsync(RotationContext rotation, ApiKey oldKey, CancellationToken cancellationToken)
    {
        if (await FindNewClientKeyAsync(rotation, cancellationToken).ConfigureAwait(false) is { } clientKey)
        {
            rotation.Calls.ReplaceClientKey(clientKey, oldKey);
            rotation.ReportProgress(ApiKeyRotationEvent.ClientKeyRestored, "This client uses the old key again.");
        }
    }

    /// <summary>
    /// Gets the key that this client uses if this rotation created it; otherwise, null. If the service does not return the ID of the key, its hint is compared.
    /// </summary>
    public static async Task<ApiKey?> FindNewClientKeyAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var clientKey = await rotation.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        return rotation.Record.Attempts.Any(clientKey.IsOfAttempt) ? clientKey.Key : null;
    }
}
