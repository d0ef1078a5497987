namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>The keys that a rotation created. They are listed before any is revoked.</summary>
internal static class RotationKeys
{
    public static async Task RevokeAsync(
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
            rotation.ReportProgress(ApiKeyRotationEvent.Revoked, $"Revoked {key.Id}, which this rotation created.", revokedKeyId: key.Id);
        }
    }

    /// <summary>Determines whether the rotation created the key: by its name, or by its ID if the service does not return names.</summary>
    public static bool IsFromRotation(ApiKeyRotationRecord record, ApiKeyInfo key) =>
        RotationNames.BelongsToRotation(record.RotationId, key.Name) || record.Attempts.Any(attempt => attempt.KeyId == key.Id);
}
