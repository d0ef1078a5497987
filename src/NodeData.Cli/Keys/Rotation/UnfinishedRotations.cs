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
            [_, _, ..] when id is null => throw CommandFailedException.Usage(
                $"Several rotations are in progress: {string.Join(", ", records.Select(record => record.OldKeyId))}. Pass the ID of the key."
            ),
            [var record, ..] => record,
        };
    }

    /// <summary>Determines whether a rotation of the key is in progress whose new key is already deployed to every sink.</summary>
    public static async Task<bool> IsDeployedAsync(FileApiKeyRotationStore store, string keyId, CancellationToken cancellationToken)
    {
        var records = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        return records.Any(record =>
            record.OldKeyId == keyId && (record.Stage == ApiKeyRotationStage.Overlapping || record.Stage == ApiKeyRotationStage.Revoking)
        );
    }
}
