using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// Handles keys of earlier rotations of the same key that are still valid. If the rotation is finished, the key was created after its last check and was
/// never deployed: it is revoked. If the rotation is not in the store, its key may be in use: the new rotation is rejected, so that two keys do not replace
/// one.
/// </summary>
internal static class EarlierRotationKeys
{
    public static async Task RevokeAsync(
        RotationContext rotation,
        IReadOnlyList<ApiKeyInfo> earlierKeys,
        IReadOnlyList<ApiKeyRotationRecord> finished,
        CancellationToken cancellationToken
    )
    {
        if (earlierKeys.FirstOrDefault(key => !finished.Any(record => RotationKeys.IsFromRotation(record, key))) is { } unknownKey)
        {
            throw new ApiKeyRotationException(
                $"The key {rotation.Record.OldKeyId} was not rotated: another rotation of it, which is not in this store, created the key {unknownKey.Id} "
                    + $"({unknownKey.Hint ?? "no hint"}, named {unknownKey.Name}), which is still valid. Resume that rotation with its own store; or, if that store is "
                    + $"lost, revoke {unknownKey.Id} if no application uses it, or the old key if every application uses {unknownKey.Id}. Nothing was done."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.AnotherRotation,
                IsRejected = true,
                Key = unknownKey,
            };
        }

        foreach (var key in earlierKeys)
        {
            await rotation.Calls.RevokeAsync(key.Id, cancellationToken).ConfigureAwait(false);
        }
    }
}
