namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Revokes the keys of this rotation that nobody is to have, whoever made them: looks, then acts.</summary>
internal static class Sweep
{
    public static async Task RunAsync(
        Rotation rotation,
        Func<ApiKeyInfo, bool> isLookedFor,
        string? keep,
        CancellationToken cancellationToken
    )
    {
        var found = await rotation.Calls.FindAllAsync(isLookedFor, cancellationToken).ConfigureAwait(false);
        foreach (var key in found.Where(key => key.Id != keep && !key.IsOver(rotation.Calls.Now)))
        {
            await rotation.Calls.RevokeAsync(key.Id, cancellationToken).ConfigureAwait(false);
            rotation.Tell(ApiKeyRotationEvent.Revoked, $"Revoked {key.Id}, which this rotation made.", revokedKeyId: key.Id);
        }
    }

    /// <summary>Whether the rotation made the key: by its name, or by its id where the service does not tell names.</summary>
    public static bool IsOf(ApiKeyRotationRecord record, ApiKeyInfo key) =>
        RotationNames.BelongsTo(record.RotationId, key.Name) || record.Attempts.Any(attempt => attempt.KeyId == key.Id);
}
