using NodeData.Sdk.Keys.Rotation.Steps;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// Keys of earlier rotations of the same key that are still accepted. Of one that ended, it was made after the end looked: nobody has it, and it is revoked.
/// Of one that this log does not know, somebody may have it: then the rotation is refused rather than end with two keys in place of one.
/// </summary>
internal static class Leftovers
{
    public static async Task ClearAsync(
        Rotation rotation,
        IReadOnlyList<ApiKeyInfo> leftovers,
        IReadOnlyList<ApiKeyRotationRecord> ended,
        CancellationToken cancellationToken
    )
    {
        if (leftovers.FirstOrDefault(key => !ended.Any(record => Sweep.IsOf(record, key))) is { } stranger)
        {
            throw new ApiKeyRotationException(
                $"The key {rotation.Record.OldKeyId} is not rotated: another rotation of it, which is not in this log, has made the key {stranger.Id} "
                    + $"({stranger.Hint ?? "no hint"}, named {stranger.Name}), and that is still accepted. Go on with that rotation where its log is; or, where the log is "
                    + $"lost, revoke {stranger.Id} if nobody uses it, or the old key if everybody does. Nothing was done."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.AnotherRotation,
                IsRejected = true,
                Key = stranger,
            };
        }

        foreach (var key in leftovers)
        {
            await rotation.Calls.RevokeAsync(key.Id, cancellationToken).ConfigureAwait(false);
        }
    }
}
