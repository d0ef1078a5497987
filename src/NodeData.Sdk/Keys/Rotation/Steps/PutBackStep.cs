namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Puts the old key back where the new one was deployed. The old key must be at hand and must work: an abort that would leave programs without a key is
/// refused before anything is touched.
/// </summary>
internal static class PutBackStep
{
    public static async Task RunAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        var oldKey = await FindOldKeyAsync(rotation, cancellationToken).ConfigureAwait(false);
        if (rotation.Sinks.Count == 0)
        {
            throw Refused(
                rotation,
                ApiKeyRotationErrorCode.NoSink,
                "the new key may be in its places, and the plan does not say where to put the old one back: set Deploy or Sinks."
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
        await DeployStep.ToEverySinkAsync(rotation, oldKey, cancellationToken).ConfigureAwait(false);
        await SwapBackAsync(rotation, oldKey.Secret, cancellationToken).ConfigureAwait(false);
        var now = rotation.Calls.Now;
        await rotation
            .WriteAsync(
                rotation.Record with
                {
                    DeployedAt = now,
                    OverlapEndsAt = now + (rotation.Plan.Overlap ?? rotation.Record.Overlap),
                    IsClientKeySwitched = false,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        rotation.Tell(ApiKeyRotationEvent.OldKeyRestored, "The old key is back in every sink; both keys are accepted.");
    }

    /// <summary>Refuses to abort, with nothing done.</summary>
    public static ApiKeyRotationException Refused(Rotation rotation, ApiKeyRotationErrorCode reason, string why, Exception? cause = null) =>
        new($"The rotation {rotation.Record.RotationId} is not aborted: {why} Nothing was done.", cause)
        {
            ErrorCode = reason,
            IsRejected = true,
            Rotation = ApiKeyRotation.Of(rotation.Record),
        };

    private static async Task<CreatedApiKey> FindOldKeyAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        var id = rotation.Record.OldKeyId;
        var info = await rotation.Calls.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (info is null || !info.IsAccepted(rotation.Calls.Now))
        {
            throw Refused(
                rotation,
                ApiKeyRotationErrorCode.OldKeyUnavailable,
                $"the old key {id} is not accepted any more, so there is nothing to go back to. Go on with RotateAsync instead."
            );
        }

        var own = await rotation.LookAtOwnKeyAsync(cancellationToken).ConfigureAwait(false);
        rotation.Own = own;
        var secret =
            rotation.Plan.OldKey
            ?? (own.IsOldKey ? own.Key : null)
            ?? throw Refused(
                rotation,
                ApiKeyRotationErrorCode.OldKeyRequired,
                "the new key may be in its places already, and to put the old one back it must be at hand: set ApiKeyRotationOptions.OldKey. Or go on with RotateAsync."
            );
        await ProveAsync(rotation, secret, cancellationToken).ConfigureAwait(false);
        return new CreatedApiKey(info, secret);
    }

    private static async Task ProveAsync(Rotation rotation, ApiKey secret, CancellationToken cancellationToken)
    {
        try
        {
            var seen = (await rotation.Calls.WhoIsAsync(secret, cancellationToken).ConfigureAwait(false)).Key?.Id;
            var isOldKey = seen is null
                ? rotation.Record.OldKeyHint is null || rotation.Record.OldKeyHint == secret.Hint
                : seen == rotation.Record.OldKeyId;
            if (!isOldKey)
            {
                throw Refused(
                    rotation,
                    ApiKeyRotationErrorCode.OldKeyMismatch,
                    $"ApiKeyRotationOptions.OldKey ({secret.Hint}) is not the key {rotation.Record.OldKeyId}. Give that one."
                );
            }
        }
        catch (NodeDataAuthenticationException failure)
        {
            throw Refused(
                rotation,
                ApiKeyRotationErrorCode.OldKeyRejected,
                $"the service does not accept ApiKeyRotationOptions.OldKey ({secret.Hint}): {failure.Message}",
                failure
            );
        }
    }

    private static async Task SwapBackAsync(Rotation rotation, ApiKey oldKey, CancellationToken cancellationToken)
    {
        if (await FindOwnKeyAmongNewAsync(rotation, cancellationToken).ConfigureAwait(false) is { } own)
        {
            rotation.Calls.ReplaceOwnKey(own, oldKey);
            rotation.Tell(ApiKeyRotationEvent.ClientKeyRestored, "This client uses the old key again.");
        }
    }

    /// <summary>The key that this client runs on, where this rotation made it; where the service does not tell its id, its hint must do.</summary>
    public static async Task<ApiKey?> FindOwnKeyAmongNewAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        var key = await rotation.Calls.GetOwnKeyAsync(cancellationToken).ConfigureAwait(false);
        var id = (await rotation.Calls.WhoIsAsync(key, cancellationToken).ConfigureAwait(false)).Key?.Id;
        return rotation.Record.Attempts.Any(attempt => id is null ? attempt.KeyHint == key.Hint : attempt.KeyId == id) ? key : null;
    }
}
