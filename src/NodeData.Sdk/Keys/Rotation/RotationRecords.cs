namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The records of one service in a store, and the locks that allow one rotation of a key at a time among all processes that share the store.</summary>
internal sealed class RotationRecords(IApiKeyRotationStore store, string service)
{
    public IApiKeyRotationStore Store => store;

    /// <summary>Gets all rotations of a key, the newest first.</summary>
    public async Task<List<ApiKeyRotationRecord>> GetAllAsync(string oldKeyId, CancellationToken cancellationToken) =>
        [
            .. (await store.ReadAsync(cancellationToken).ConfigureAwait(false))
                .Where(record => record.OldKeyId == oldKeyId && record.Service == service)
                .OrderByDescending(record => record.StartedAt),
        ];

    /// <summary>
    /// Rejects a rotation of a key that is the new key of an unfinished rotation: that rotation could not be completed without its new key, and its old key would
    /// stay valid.
    /// </summary>
    public async Task RequireNotNewKeyAsync(string keyId, CancellationToken cancellationToken)
    {
        var unfinished = (await store.ReadAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(record =>
            record.Service == service && !record.Stage.IsFinal && record.Attempts.Any(attempt => attempt.KeyId == keyId)
        );
        if (unfinished is not null)
        {
            throw new ApiKeyRotationException(
                $"The key {keyId} was not rotated: it is the new key of the rotation {unfinished.RotationId} of the key {unfinished.OldKeyId}, which is not finished "
                    + $"(stage {unfinished.Stage}). Complete that rotation with RotateAsync for {unfinished.OldKeyId}, or roll it back. Nothing was done."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.UnfinishedRotation,
                IsRejected = true,
                Rotation = ApiKeyRotation.FromRecord(unfinished),
            };
        }
    }

    /// <summary>Acquires the lock for a key.</summary>
    public async Task<IAsyncDisposable> LockAsync(string oldKeyId, CancellationToken cancellationToken) =>
        await store.TryLockAsync($"{service} {oldKeyId}", cancellationToken).ConfigureAwait(false)
        ?? throw new ApiKeyRotationException(
            $"A rotation of the key {oldKeyId} is already in progress, in this process or another that shares the store. Wait until it finishes: its lock is released then, "
                + "or when its process ends. Nothing was done."
        )
        {
            ErrorCode = ApiKeyRotationErrorCode.InProgress,
            IsRejected = true,
        };

    /// <summary>Acquires the lock for the key of a rotation, then reads the record again.</summary>
    public async Task<(IAsyncDisposable Lock, ApiKeyRotationRecord Record)> LockRotationAsync(
        string rotationId,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rotationId);
        var found = await FindAsync(rotationId, cancellationToken).ConfigureAwait(false);
        var keyLock = await LockAsync(found.OldKeyId, cancellationToken).ConfigureAwait(false);
        try
        {
            return (keyLock, await FindAsync(rotationId, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await keyLock.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ApiKeyRotationRecord> FindAsync(string rotationId, CancellationToken cancellationToken) =>
        (await store.ReadAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(record =>
            record.RotationId == rotationId && record.Service == service
        )
        ?? throw new ApiKeyRotationException(
            $"The store has no rotation {rotationId} of {service}. Pass the ID from the result of the run that started it, and use the store of that run (ApiKeyRotationOptions.Store)."
        )
        {
            ErrorCode = ApiKeyRotationErrorCode.NotFound,
            IsRejected = true,
        };
}
