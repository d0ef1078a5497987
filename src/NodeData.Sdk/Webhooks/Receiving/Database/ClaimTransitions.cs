using System.Data.Common;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>
/// Implements the operations of a claim store with conditional statements. Each operation reads the clock again, because an earlier statement may have waited
/// for a lock.
/// </summary>
internal static class ClaimTransitions
{
    // A try fails if another process changes the claim record after it was read.
    private const int MaxTries = 100;

    public static async Task<WebhookClaimResult> ClaimAsync(
        ClaimSession session,
        ClaimStatements statements,
        WebhookClaim claim,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var parameters = new ClaimParameters(claim, clock);
            var row = await session.FindAsync(statements.Find, parameters.Id, cancellationToken).ConfigureAwait(false);
            if (row is not null && !row.IsExpired(parameters.Now) && GetBlockingResult(row, parameters) is { } result)
            {
                return result;
            }

            var attempt = await (
                row is null ? InsertAsync(session, statements, parameters, cancellationToken)
                : row.IsHeld(parameters.Now) ? ReacquireAsync(session, statements, parameters, row, cancellationToken)
                : AcquireAsync(session, statements, parameters, row, cancellationToken)
            ).ConfigureAwait(false);
            if (attempt > 0)
            {
                return WebhookClaimResult.Claimed(attempt);
            }
        }

        throw new WebhookClaimStoreException(
            $"Other processes changed the claim record {MaxTries} times while the claim was being acquired. Retry the call."
        );
    }

    public static Task<bool> RenewAsync(
        ClaimSession session,
        ClaimStatements statements,
        ClaimParameters parameters,
        CancellationToken cancellationToken
    ) =>
        session.TryUpdateAsync(
            statements.Renew,
            [
                ("lease", parameters.LeaseUntil),
                ("expires", parameters.ExpiresAtWhileHeld),
                ("id", parameters.Id),
                ("owner", parameters.OwnerId),
                ("now", parameters.Now),
            ],
            cancellationToken
        );

    public static Task<bool> CompleteAsync(
        ClaimSession session,
        ClaimStatements statements,
        ClaimParameters parameters,
        CancellationToken cancellationToken
    ) => CompleteOrReleaseAsync(session, statements.Complete, parameters, cancellationToken);

    public static Task<bool> ReleaseAsync(
        ClaimSession session,
        ClaimStatements statements,
        ClaimParameters parameters,
        CancellationToken cancellationToken
    ) => CompleteOrReleaseAsync(session, statements.Release, parameters, cancellationToken);

    public static async Task<bool> IsCompletedByOwnerAsync(
        ClaimSession session,
        ClaimStatements statements,
        ClaimParameters parameters,
        CancellationToken cancellationToken
    )
    {
        var row = await session.FindAsync(statements.Find, parameters.Id, cancellationToken).ConfigureAwait(false);
        return row is { IsCompleted: true } && row.OwnerId == parameters.OwnerId && !row.IsExpired(parameters.Now);
    }

    public static async Task EnsureCreatedAsync(ClaimSession session, ClaimStatements statements, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync(statements.Probe, [], cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (DbException)
        {
            // The table does not exist or cannot be read; the next statement shows which.
        }

        try
        {
            await session.ExecuteAsync(statements.Create, [], cancellationToken).ConfigureAwait(false);
        }
        catch (DbException)
        {
            // Another process created the table, or it cannot be created.
            await session.ExecuteAsync(statements.Probe, [], cancellationToken).ConfigureAwait(false);
            return;
        }

        await session.ExecuteAsync(statements.CreateIndex, [], cancellationToken).ConfigureAwait(false);
    }

    private static WebhookClaimResult? GetBlockingResult(ClaimRow row, ClaimParameters parameters) =>
        row.IsCompleted ? WebhookClaimResult.Completed
        : row.IsHeld(parameters.Now) && row.OwnerId != parameters.OwnerId ? WebhookClaimResult.InProgress(parameters.GetRemainingLease(row))
        : null;

    private static async Task<int> InsertAsync(
        ClaimSession session,
        ClaimStatements statements,
        ClaimParameters parameters,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await session
                .ExecuteAsync(
                    statements.Insert,
                    [
                        ("id", parameters.Id),
                        ("claim_key", parameters.Key),
                        ("owner", parameters.OwnerId),
                        ("lease", parameters.LeaseUntil),
                        ("expires", parameters.ExpiresAtWhileHeld),
                    ],
                    cancellationToken
                )
                .ConfigureAwait(false);
            return 1;
        }
        catch (DbException)
        {
            // If another process inserted the claim record first, it exists now; otherwise the insert failed for a different reason.
            var row = await session.FindAsync(statements.Find, parameters.Id, cancellationToken).ConfigureAwait(false);
            if (row is null)
            {
                throw;
            }

            return 0;
        }
    }

    private static async Task<int> ReacquireAsync(
        ClaimSession session,
        ClaimStatements statements,
        ClaimParameters parameters,
        ClaimRow row,
        CancellationToken cancellationToken
    ) => await RenewAsync(session, statements, parameters, cancellationToken).ConfigureAwait(false) ? row.Attempts : 0;

    private static async Task<int> AcquireAsync(
        ClaimSession session,
        ClaimStatements statements,
        ClaimParameters parameters,
        ClaimRow row,
        CancellationToken cancellationToken
    )
    {
        var attempt = row.IsExpired(parameters.Now) ? 1 : row.Attempts + 1;
        var isAcquired = await session
            .TryUpdateAsync(
                statements.Acquire,
                [
                    ("owner", parameters.OwnerId),
                    ("attempts", attempt),
                    ("lease", parameters.LeaseUntil),
                    ("expires", parameters.ExpiresAtWhileHeld),
                    ("id", parameters.Id),
                    ("seen_attempts", row.Attempts),
                    ("seen_completed", row.IsCompleted ? 1 : 0),
                    ("seen_expires", row.ExpiresAt),
                    ("now", parameters.Now),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        return isAcquired ? attempt : 0;
    }

    private static Task<bool> CompleteOrReleaseAsync(
        ClaimSession session,
        string statement,
        ClaimParameters parameters,
        CancellationToken cancellationToken
    ) =>
        session.TryUpdateAsync(
            statement,
            [("expires", parameters.ExpiresAt), ("id", parameters.Id), ("owner", parameters.OwnerId), ("now", parameters.Now)],
            cancellationToken
        );
}
