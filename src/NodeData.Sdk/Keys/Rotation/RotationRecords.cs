namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The records of one service in a log, and the locks that keep it to one rotation of a key at a time for all that share the log.</summary>
internal sealed class RotationRecords(IApiKeyRotationStore store, string service)
{
    public IApiKeyRotationStore Store => store;

    /// <summary>All rotations of a key, the newest first.</summary>
    public async Task<List<ApiKeyRotationRecord>> GetAllAsync(string oldKeyId, CancellationToken cancellationToken) =>
        [
            .. (await store.ReadAsync(cancellationToken).ConfigureAwait(false))
                .Where(record => record.OldKeyId == oldKeyId && record.Service == service)
                .OrderByDescending(record => record.StartedAt),
        ];

    /// <summary>Takes the lock of a key.</summary>
    public async Task<IAsyncDisposable> LockAsync(string oldKeyId, CancellationToken cancellationToken) =>
        await store.TryLockAsync($"{service} {oldKeyId}", cancellationToken).ConfigureAwait(false)
        ?? throw new ApiKeyRotationException(
            $"A rotation of the key {oldKeyId} is under way already, in this process or another that shares the log. Wait for it: its lock goes when it ends, "
                + "or with its process. Nothing was done."
        )
        {
            ErrorCode = ApiKeyRotationErrorCode.InProgress,
            IsRejected = true,
        };

    /// <summary>Takes the lock of the key that a rotation is about, and only then believes the record.</summary>
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
            $"There is no rotation {rotationId} of {service} in this log. Its id is in the receipt of the run that began it, whose log is needed (ApiKeyRotationOptions.Store)."
        )
        {
            ErrorCode = ApiKeyRotationErrorCode.NotFound,
            IsRejected = true,
        };
}
