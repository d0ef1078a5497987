namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Changes of a record that more than one step makes.</summary>
internal static class RotationRecordExtensions
{
    /// <summary>The record with its current attempt as it is now.</summary>
    public static ApiKeyRotationRecord WithCurrentAttempt(this ApiKeyRotationRecord record, ApiKeyRotationAttempt attempt) =>
        record with
        {
            Attempts = [.. record.Attempts.SkipLast(1), attempt],
        };

    /// <summary>The record of a rotation whose old key turned out to be in the wrong hands after it began: what is left of the overlap is cut.</summary>
    public static ApiKeyRotationRecord WithShortenedOverlap(
        this ApiKeyRotationRecord record,
        ApiKeyRotationOptions options,
        DateTimeOffset now
    )
    {
        if (!options.IsCompromised || record.IsCompromised)
        {
            return record;
        }

        var overlap = options.Overlap ?? TimeSpan.Zero;
        return record with
        {
            IsCompromised = true,
            Overlap = overlap,
            OverlapEndsAt = record.OverlapEndsAt > now + overlap ? now + overlap : record.OverlapEndsAt,
        };
    }

    /// <summary>Notes when the old key was last used, and says so where that was after the new one was deployed.</summary>
    public static void RecordOldKeyUse(this RotationContext rotation, ApiKeyInfo? oldKey)
    {
        if (oldKey?.LastUsedAt is not { } used || used <= rotation.Record.OldKeyLastUsedAt)
        {
            return;
        }

        rotation.Record = rotation.Record with { OldKeyLastUsedAt = used };
        if (used > rotation.Record.DeployedAt)
        {
            rotation.ReportProgress(
                ApiKeyRotationEvent.OldKeyStillInUse,
                $"The old key is still used, last at {used:u}: somebody has not taken the new one yet."
            );
        }
    }
}
