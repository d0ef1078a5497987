using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Finds the rotations that were started on this machine.</summary>
internal static class UnfinishedRotations
{
    /// <summary>Finds the rotation to continue, by key or rotation ID: the one in progress, else the last one that finished.</summary>
    /// <param name="store">The store of rotations.</param>
    /// <param name="id">The ID of a key or a rotation; null for the one in progress.</param>
    /// <param name="cancellationToken">The token to cancel the operation.</param>
    /// <exception cref="CommandFailedException">There is none, or several are in progress.</exception>
    public static async Task<ApiKeyRotationRecord> FindAsync(FileApiKeyRotationStore store, string? id, CancellationToken cancellationToken)
    {
        var records = (await store.ReadAsync(cancellationToken).ConfigureAwait(false))
            .Where(record => id is null ? !record.Stage.IsFinal : record.OldKeyId == id || record.RotationId == id)
            .OrderBy(record => record.Stage.IsFinal)
            .ThenByDescending(record => record.StartedAt)
            .ToList();
        return records switch
        {
            [] => throw CommandFailedException.Usage(
                $"There is no rotation {(id is null ? "in progress" : $"of {id}")} in {store.Directory}. Run the command where it was started, or pass its directory with --store."
            ),
            [_, _, ..] when id is null => throw CreateSeveralException(records),
            [var record, ..] => record,
        };
    }

    /// <summary>
    /// Finds the rotation in progress of the key that the command uses. What it rotates was fixed when it started: that key is its old key, or a new key of it that
    /// is already deployed where the command reads its key.
    /// </summary>
    /// <returns>The rotation; null if none is in progress.</returns>
    /// <exception cref="CommandFailedException">Several are in progress.</exception>
    public static async Task<ApiKeyRotationRecord?> FindByKeyInUseAsync(
        FileApiKeyRotationStore store,
        string keyId,
        CancellationToken cancellationToken
    )
    {
        var records = (await store.ReadAsync(cancellationToken).ConfigureAwait(false))
            .Where(record => !record.Stage.IsFinal && (record.OldKeyId == keyId || record.Attempts.Any(attempt => attempt.KeyId == keyId)))
            .OrderBy(record => record.StartedAt)
            .ToList();
        return records is [_, _, ..] ? throw CreateSeveralException(records) : records.FirstOrDefault();
    }

    /// <summary>Determines whether a rotation of the key is in progress whose new key is already deployed to every sink.</summary>
    public static async Task<bool> IsDeployedAsync(FileApiKeyRotationStore store, string keyId, CancellationToken cancellationToken)
    {
        var records = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        return records.Any(record =>
            record.OldKeyId == keyId && (record.Stage == ApiKeyRotationStage.Overlapping || record.Stage == ApiKeyRotationStage.Revoking)
        );
    }

    private static CommandFailedException CreateSeveralException(IEnumerable<ApiKeyRotationRecord> records) =>
        CommandFailedException.Usage(
            $"Several rotations are in progress: {string.Join(", ", records.Select(record => record.OldKeyId))}. Pass the ID of the key."
        );
}
