namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Revokes the old key and every other key of the rotation, so that only the new one remains. First checks that the new key is still valid and that this
/// client does not use the old one. The old key is revoked last, because the calls may be made with it.
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

        await RotationKeys
            .RevokeAsync(rotation, key => RotationKeys.IsFromRotation(record, key), record.Current.KeyId, cancellationToken)
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
        rotation.ReportProgress(ApiKeyRotationEvent.Completed, "The old key is revoked; the new one replaces it.");
    }

    private static async Task RequireNewKeyAsync(RotationContext rotation, ApiKeyInfo? oldKey, CancellationToken cancellationToken)
    {
        var id = rotation.Record.Current.KeyId!;
        var key = await rotation.Calls.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (key is not null && key.IsValid(rotation.Calls.Now))
        {
            return;
        }

        // Resuming requires a replacement, which the next run creates, because the stage is that of an interrupted deployment.
        await rotation.WriteAsync(rotation.Record with { Stage = ApiKeyRotationStage.Deploying }, cancellationToken).ConfigureAwait(false);
        var state = oldKey?.IsRevokedOrExpired(rotation.Calls.Now) == false ? "was not revoked" : "is no longer valid either";
        throw new ApiKeyRotationException(
            $"The new key {id} was deployed and has since been revoked outside this rotation or has expired (its status: {key?.Status?.Value ?? "not found"}). The old key {state}."
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
        if (rotation.WillRevoke(clientKey))
        {
            var key = clientKey.IsOldKey ? "the old key" : "an earlier key of the rotation";
            throw new ApiKeyRotationException(
                $"This client still uses {key} ({clientKey.Key.Hint}), so it would have no valid key. Load the new key from where it was deployed "
                    + "(reload the setting, or restart), then resume; or set ApiKeyRotationOptions.IsCompromised to revoke the old key regardless."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.ClientStillUsesOldKey,
            };
        }
    }
}
