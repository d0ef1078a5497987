namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Finds the keys before and after a key by the names that rotations give to their keys, so that no store is needed.</summary>
internal static class RotationLineage
{
    /// <summary>Determines whether a rotation of the first key created the second one.</summary>
    public static bool IsReplacedBy(ApiKeyInfo oldKey, ApiKeyInfo newKey) =>
        oldKey.Id != newKey.Id && RotationNames.BelongsToAnyRotation(oldKey.Id, newKey.Name);

    /// <summary>
    /// Finds the key that replaced a key: one that is valid, or that has itself been replaced by one that is. A key of a rotation that was rolled back is
    /// neither.
    /// </summary>
    /// <param name="oldKeyId">The id of the key that was replaced.</param>
    /// <param name="knownId">The id of its new key, if a record has it: the service may not return names.</param>
    /// <param name="keys">All keys of the service.</param>
    /// <param name="now">The current time.</param>
    public static ApiKeyInfo? FindSuccessor(string oldKeyId, string? knownId, IEnumerable<ApiKeyInfo> keys, DateTimeOffset now)
    {
        var created = keys.ToLookup(key => key.Id == knownId || RotationNames.BelongsToAnyRotation(oldKeyId, key.Name));
        var candidates = created[true]
            .OrderBy(key => key.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(key => key.Id, StringComparer.Ordinal)
            .ToList();
        return candidates.Find(key => key.IsValid(now))
            ?? candidates.Find(key => FindSuccessor(key.Id, knownId: null, created[false], now) is not null);
    }
}
