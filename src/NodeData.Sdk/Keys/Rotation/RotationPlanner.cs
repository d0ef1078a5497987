using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Reads the old key and prepares the rotation, or rejects it. Changes nothing.</summary>
/// <param name="calls">The calls to the service.</param>
/// <param name="options">The options of the rotation.</param>
/// <param name="oldKeyId">The id of the key to be rotated.</param>
/// <param name="completed">The completed rotation of the key; null if the store has none.</param>
internal sealed class RotationPlanner(RotationCalls calls, ApiKeyRotationOptions options, string oldKeyId, ApiKeyRotationRecord? completed)
{
    /// <summary>The prepared rotation: the preview, and what else the run needs.</summary>
    /// <param name="Preview">The preview.</param>
    /// <param name="ClientKey">The key of the client.</param>
    /// <param name="EarlierKeys">Accepted keys of earlier rotations of the same key.</param>
    internal sealed record Outcome(ApiKeyRotationPreview Preview, ClientKey ClientKey, IReadOnlyList<ApiKeyInfo> EarlierKeys);

    public async Task<Outcome> PlanAsync(CancellationToken cancellationToken)
    {
        var mode = await calls.GetModeAsync(cancellationToken).ConfigureAwait(false);
        if (options.Mode is { } expected && expected != mode)
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.ModeMismatch,
                $"ApiKeyRotationOptions.Mode is {expected.ToWireValue()}, and this client has a {mode.ToWireValue()} key. Use a client of that mode."
            );
        }

        var oldKey = await calls.GetAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        await RequireNotReplacedAsync(oldKey, cancellationToken).ConfigureAwait(false);
        RequireActive(oldKey);
        if (oldKey.RawMode is { } rawMode && rawMode != mode.ToWireValue())
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.ModeMismatch,
                $"the key is a {rawMode} key, and this client has a {mode.ToWireValue()} key. Use a client of that mode."
            );
        }

        var scopes =
            options.Scopes
            ?? oldKey.Scopes
            ?? throw CreateRejection(
                ApiKeyRotationErrorCode.ScopesUnknown,
                "the service did not return the scopes of the key. Set ApiKeyRotationOptions.Scopes."
            );
        var clientKey = await ClientKey.GetAsync(calls, oldKeyId, options.OldKey, cancellationToken).ConfigureAwait(false);
        if (clientKey.IsOldKey && !scopes.IsFullAccess)
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.ClientKeyNeedsFullAccess,
                $"this client uses the key, and the new one ({scopes}) could not manage keys, so the rotation could not be completed. Use a client "
                    + "with another key that has full access."
            );
        }

        var (overlap, isShortened) = GetOverlap(oldKey);
        if (clientKey.IsOldKey && overlap == TimeSpan.Zero && !options.IsCompromised)
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.ClientKeyNeedsOverlap,
                "this client uses the key, and ApiKeyRotationOptions.Overlap is zero, or the key has no remaining lifetime: applications that have not switched to "
                    + "the new key yet would fail. Set an overlap, or set IsCompromised to revoke the key regardless."
            );
        }

        var related = await calls
            .FindAllAsync(
                key =>
                    !key.IsRevokedOrExpired(calls.Now)
                    && (RotationLineage.IsReplacedBy(oldKey, key) || RotationLineage.IsReplacedBy(key, oldKey)),
                cancellationToken
            )
            .ConfigureAwait(false);
        RequirePredecessorRevoked(related.Find(key => RotationLineage.IsReplacedBy(key, oldKey)));
        var earlierKeys = related.FindAll(key => RotationLineage.IsReplacedBy(oldKey, key));
        var preview = new ApiKeyRotationPreview(oldKey, GetName(oldKey))
        {
            Mode = mode,
            Scopes = scopes,
            Lifetime = GetLifetime(oldKey),
            Overlap = overlap,
            IsOverlapShortened = isShortened,
            VerificationTimeout = options.VerificationTimeout,
            IsClientKey = clientKey.IsOldKey,
            IsCompromised = options.IsCompromised,
            Sinks = [.. DelegateSink.GetSinks(options).Select(sink => sink.Name)],
        };
        return new Outcome(preview, clientKey, earlierKeys);
    }

    public ApiKeyRotationRecord CreateRecord(ApiKeyRotationPreview preview, string? traceParent)
    {
        var rotationId = RotationNames.CreateRotationId(oldKeyId);
        var now = calls.Now;
        var record = new ApiKeyRotationRecord
        {
            RotationId = rotationId,
            Service = calls.Service,
            Mode = preview.Mode,
            OldKeyId = oldKeyId,
            OldKeyHint = preview.OldKey.Hint,
            Scopes = preview.Scopes,
            Lifetime = preview.Lifetime,
            Overlap = preview.Overlap,
            IsCompromised = preview.IsCompromised,
            StartedAt = now,
            Stage = ApiKeyRotationStage.Creating,
            Attempts = [],
            OldKeyLastUsedAt = preview.OldKey.LastUsedAt,
            TraceParent = traceParent,
        };
        return record with { Attempts = [Steps.ReplaceStep.CreateAttempt(record, preview.NewKeyName, 1, now)] };
    }

    // The result must not depend on the store: it may be lost.
    private async Task RequireNotReplacedAsync(ApiKeyInfo oldKey, CancellationToken cancellationToken)
    {
        if (completed is null && oldKey.IsValid(calls.Now))
        {
            return;
        }

        var keys = await calls.FindAllAsync(_ => true, cancellationToken).ConfigureAwait(false);
        if (RotationLineage.FindSuccessor(oldKeyId, completed?.Current.KeyId, keys, calls.Now) is { } newKey)
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.AlreadyCompleted,
                $"its rotation is completed, and the new key is {newKey.Id}. Rotate that key instead.",
                newKey,
                completed
            );
        }
    }

    // If both keys were rotated, two keys would replace the first one.
    private void RequirePredecessorRevoked(ApiKeyInfo? predecessor)
    {
        if (predecessor is not null)
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.UnfinishedRotation,
                $"it is the new key of a rotation of the key {predecessor.Id} ({predecessor.Hint ?? "no hint"}, named {predecessor.Name}), which is not in this store and "
                    + $"is not finished: {predecessor.Id} is still valid. Resume that rotation with its own store; or, if that store is lost, revoke "
                    + $"{predecessor.Id} when no program uses it.",
                predecessor
            );
        }
    }

    private void RequireActive(ApiKeyInfo oldKey)
    {
        if (oldKey.Status == ApiKeyStatus.Revoked || oldKey.RevokedAt is not null)
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.OldKeyRevoked,
                "the key is already revoked. Create a new one with CreateAsync.",
                oldKey
            );
        }

        if (oldKey.IsRevokedOrExpired(calls.Now))
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.OldKeyExpired,
                $"the key has expired{(oldKey.ExpiresAt is { } at ? $" at {at:u}" : "")}. Create a new one with CreateAsync.",
                oldKey
            );
        }

        if (!oldKey.IsValid(calls.Now))
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.OldKeyNotActive,
                $"the status of the key is {oldKey.Status}, and only an active key can be rotated.",
                oldKey
            );
        }
    }

    private (TimeSpan Overlap, bool IsShortened) GetOverlap(ApiKeyInfo oldKey)
    {
        var requested = options.Overlap ?? (options.IsCompromised ? TimeSpan.Zero : ApiKeyRotationOptions.DefaultOverlap);
        return oldKey.ExpiresAt is { } end && end - calls.Now is var remaining && remaining < requested
            ? (remaining, true)
            : (requested, false);
    }

    private TimeSpan? GetLifetime(ApiKeyInfo oldKey) =>
        options.ExpiresIn is { } lifetime ? (lifetime == Timeout.InfiniteTimeSpan ? null : lifetime)
        : oldKey.ExpiresAt is not { } end ? null
        : oldKey.CreatedAt is { } start && end > start ? end - start
        : throw CreateRejection(
            ApiKeyRotationErrorCode.LifetimeUnknown,
            "the service did not return the lifetime of the key. Set ApiKeyRotationOptions.ExpiresIn for the new one."
        );

    private string GetName(ApiKeyInfo oldKey)
    {
        try
        {
            var name = options.NewName ?? (string.IsNullOrWhiteSpace(oldKey.Name) ? oldKey.Id : oldKey.Name);
            return new CreateApiKeyOptions(RotationNames.CreateKeyName(name, RotationNames.CreateRotationId(oldKeyId), attempt: 1)).Name;
        }
        catch (ArgumentException exception)
        {
            throw CreateRejection(
                ApiKeyRotationErrorCode.InvalidName,
                $"the name of the key cannot be used again ({exception.Message}). Set ApiKeyRotationOptions.NewName for the new one."
            );
        }
    }

    private ApiKeyRotationException CreateRejection(
        ApiKeyRotationErrorCode errorCode,
        string detail,
        ApiKeyInfo? key = null,
        ApiKeyRotationRecord? record = null
    ) =>
        new($"The key {PathSegment.EncodeId(oldKeyId)} was not rotated: {detail} Nothing was done.")
        {
            ErrorCode = errorCode,
            IsRejected = true,
            Key = key,
            Rotation = record is null ? null : ApiKeyRotation.FromRecord(record),
        };
}
