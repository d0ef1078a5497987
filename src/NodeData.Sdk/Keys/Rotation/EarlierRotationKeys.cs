using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// Keys of earlier rotations of the same key that are still accepted. Of one that ended, it was made after the end looked: nobody has it, and it is revoked.
/// Of one that this log does not know, somebody may have it: then the rotation is refused rather than end with two keys in place of one.
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
        if (earlierKeys.FirstOrDefault(key => !finished.Any(record => RevokeOthers.IsFromRotation(record, key))) is { } unknownKey)
        {
            throw new ApiKeyRotationException(
                $"The key {rotation.Record.OldKeyId} is not rotated: another rotation of it, which is not in this log, has made the key {unknownKey.Id} "
                    + $"({unknownKey.Hint ?? "no hint"}, named {unknownKey.Name}), and that is still accepted. Go on with that rotation where its log is; or, where the log is "
                    + $"lost, revoke {unknownKey.Id} if nobody uses it, or the old key if everybody does. Nothing was done."
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
