namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Revokes the keys of this rotation that nobody is to have, whoever made them: looks, then acts.</summary>
internal static class RevokeOthers
{
    public static async Task RunAsync(
        RotationContext rotation,
        Func<ApiKeyInfo, bool> predicate,
        string? keepId,
        CancellationToken cancellationToken
    )
    {
        var found = await rotation.Calls.FindAllAsync(predicate, cancellationToken).ConfigureAwait(false);
        foreach (var key in found.Where(key => key.Id != keepId && !key.IsRevokedOrExpired(rotation.Calls.Now)))
        {
            await rotation.Calls.RevokeAsync(key.Id, cancellationToken).ConfigureAwait(false);
            rotation.ReportProgress(ApiKeyRotationEvent.Revoked, $"Revoked {key.Id}, which this rotation made.", revokedKeyId: key.Id);
        }
    }

    /// <summary>Whether the rotation made the key: by its name, or by its id where the service does not tell names.</summary>
    public static bool IsFromRotation(ApiKeyRotationRecord record, ApiKeyInfo key) =>
        RotationNames.IsOfRotation(record.RotationId, key.Name) || record.Attempts.Any(attempt => attempt.KeyId == key.Id);
}
