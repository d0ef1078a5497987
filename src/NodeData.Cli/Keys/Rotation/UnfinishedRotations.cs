using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>The rotations that were begun on this machine.</summary>
internal static class UnfinishedRotations
{
    /// <summary>The rotation of a key, or by its own id, that is to be gone on with; the last one that ended where none is under way.</summary>
    /// <param name="store">Where rotations are written down.</param>
    /// <param name="id">A key's or a rotation's id; null for the one that is under way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailedException">There is none, or several are under way.</exception>
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
                $"There is no rotation {(id is null ? "under way" : $"of {id}")} in {store.Directory}. Go on where it was begun, or name that folder with --log."
            ),
            [_, _, ..] when id is null => throw CommandFailedException.Usage(
                $"Several rotations are under way: {string.Join(", ", records.Select(record => record.OldKeyId))}. Name the key."
            ),
            [var record, ..] => record,
        };
    }

    /// <summary>Whether a rotation of the key is under way whose new key is in every place already.</summary>
    public static async Task<bool> IsDeployedAsync(FileApiKeyRotationStore store, string keyId, CancellationToken cancellationToken)
    {
        var records = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        return records.Any(record =>
            record.OldKeyId == keyId && (record.Stage == ApiKeyRotationStage.Overlapping || record.Stage == ApiKeyRotationStage.Revoking)
        );
    }
}
