namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Revokes the old key and every other key of the rotation, so that the new one alone is left. Looks first: the new key must still be accepted, and this very
/// client must not be running on the old one. The old key goes last, because it may be the one that the calls are made with.
/// </summary>
internal static class RevokeStep
{
    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var calls = rotation.Calls;
        var record = rotation.Record;
        var oldKey = await calls.FindAsync(record.OldKeyId, cancellationToken).ConfigureAwait(false);
        rotation.RecordOldKeyUse(oldKey);
        await RequireNewKeyAsync(rotation, oldKey, cancellationToken).ConfigureAwait(false);
        await RequireClientUsesOtherKeyAsync(rotation, cancellationToken).ConfigureAwait(false);
        if (rotation.Record.Stage != ApiKeyRotationStage.Revoking)
        {
            await rotation
                .WriteAsync(rotation.Record with { Stage = ApiKeyRotationStage.Revoking }, cancellationToken)
                .ConfigureAwait(false);
        }

        await RevokeOthers
            .RunAsync(rotation, key => RevokeOthers.IsFromRotation(record, key), record.Current.KeyId, cancellationToken)
            .ConfigureAwait(false);
        var revokedAt = oldKey?.RevokedAt;
        if (oldKey is not null && !oldKey.IsRevokedOrExpired(calls.Now))
        {
            revokedAt = await calls.RevokeAsync(oldKey.Id, cancellationToken).ConfigureAwait(false);
        }

        await rotation
            .WriteAsync(
                rotation.Record with
                {
                    Stage = ApiKeyRotationStage.Completed,
                    OldKeyRevokedAt = revokedAt,
                    FinishedAt = calls.Now,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        rotation.ReportProgress(ApiKeyRotationEvent.Completed, "The old key is revoked, and the new one is in its place.");
    }

    private static async Task RequireNewKeyAsync(RotationContext rotation, ApiKeyInfo? oldKey, CancellationToken cancellationToken)
    {
        var id = rotation.Record.Current.KeyId!;
        var key = await rotation.Calls.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (key is not null && key.IsAccepted(rotation.Calls.Now))
        {
            return;
        }

        // Going on means to make a replacement: the next run does, because it finds a deployment that did not hold.
        await rotation.WriteAsync(rotation.Record with { Stage = ApiKeyRotationStage.Deploying }, cancellationToken).ConfigureAwait(false);
        var state = oldKey?.IsRevokedOrExpired(rotation.Calls.Now) == false ? "was left alone" : "is not accepted any more either";
        throw new ApiKeyRotationException(
            $"The new key {id} was deployed and then revoked or expired from elsewhere (it is {key?.Status?.Value ?? "gone"}). The old key {state}."
        )
        {
            ErrorCode = ApiKeyRotationErrorCode.NewKeyNotActive,
            Key = key,
        };
    }

    private static async Task RequireClientUsesOtherKeyAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        if (rotation.Record.IsCompromised)
        {
            return;
        }

        var clientKey = await rotation.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        if (clientKey.IsOldKey)
        {
            throw new ApiKeyRotationException(
                $"This client itself still runs on the old key ({clientKey.Key.Hint}), which would cut it off. Let it take the new key from where it was deployed "
                    + "(read the setting anew, or restart), then go on; or plan with Compromised where the old key must go at any price."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.ClientStillUsesOldKey,
            };
        }
    }
}
