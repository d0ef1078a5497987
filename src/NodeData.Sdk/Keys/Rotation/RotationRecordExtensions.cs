namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Changes to a record that more than one step makes.</summary>
internal static class RotationRecordExtensions
{
    /// <summary>Returns the record with a changed current attempt.</summary>
    public static ApiKeyRotationRecord WithCurrentAttempt(this ApiKeyRotationRecord record, ApiKeyRotationAttempt attempt) =>
        record with
        {
            Attempts = [.. record.Attempts.SkipLast(1), attempt],
        };

    /// <summary>Returns the record with a shortened overlap if the old key was found to be compromised after the rotation started.</summary>
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

    /// <summary>Records when the old key was last used, and reports it if that was after the new key was deployed.</summary>
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
                $"The old key is still in use, last at {used:u}: an application has not switched to the new one yet."
            );
        }
    }
}
