namespace NodeData.Sdk.Keys.Rotation;

/// <summary>One rotation of a key at a time, for all that share a log.</summary>
internal static class RotationLock
{
    public static async Task<IAsyncDisposable> TakeAsync(
        IKeyRotationLog log,
        string service,
        string oldKeyId,
        CancellationToken cancellationToken
    ) =>
        await log.TryLockAsync($"{service} {oldKeyId}", cancellationToken).ConfigureAwait(false)
        ?? throw new KeyRotationException(
            $"A rotation of the key {oldKeyId} is under way already, in this process or another that shares the log. Wait for it: its lock goes when it ends, "
                + "or with its process. Nothing was done."
        );
}
