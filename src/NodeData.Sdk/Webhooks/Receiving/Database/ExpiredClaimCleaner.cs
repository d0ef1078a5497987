namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>
/// Removes expired claim records in batches, so that each statement is short. A batch contains the records whose expiration times are within one minute. Once
/// an hour a call removes one batch; while expired records remain, each following call removes another batch.
/// </summary>
internal sealed class ExpiredClaimCleaner(ClaimTable table, TimeProvider clock)
{
    private const long Never = long.MinValue;

    private static readonly TimeSpan CheckInterval = TimeSpan.FromHours(1);
    private static readonly long BatchMilliseconds = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    private long _lastCheck = Never;

    public async Task<int> RemoveAllAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        while (true)
        {
            var (rows, hasMore) = await RemoveBatchAsync(cancellationToken).ConfigureAwait(false);
            removed += rows;
            if (!hasMore)
            {
                return removed;
            }
        }
    }

    public async Task RemoveIfDueAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _lastCheck);
        var now = clock.GetTimestamp();
        if (last != Never && clock.GetElapsedTime(last, now) < CheckInterval)
        {
            return;
        }

        // Only one of the concurrent calls removes records.
        if (Interlocked.CompareExchange(ref _lastCheck, now, last) != last)
        {
            return;
        }

        try
        {
            var (_, hasMore) = await RemoveBatchAsync(cancellationToken).ConfigureAwait(false);
            if (hasMore)
            {
                Volatile.Write(ref _lastCheck, Never);
            }
        }
        catch (WebhookClaimStoreException)
        {
            // Expired records have no effect. If the database is unavailable, the statement that follows reports it.
        }
    }

    private Task<(int Rows, bool HasMore)> RemoveBatchAsync(CancellationToken cancellationToken) =>
        table.RunAsync(
            "remove expired claim records",
            async (session, token) =>
            {
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                var first = await session.ReadInt64Async(table.Statements.EarliestExpiration, token).ConfigureAwait(false);
                if (first is null || first > now)
                {
                    return (0, false);
                }

                var until = Math.Min(now, first.Value + BatchMilliseconds);
                var rows = await session.ExecuteAsync(table.Statements.RemoveExpired, [("until", until)], token).ConfigureAwait(false);
                return (rows, until < now);
            },
            cancellationToken
        );
}
