using System.Data.Common;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>What a log does, as conditional statements. Each looks at the clock anew, because an earlier statement may have waited.</summary>
internal static class DeliveryTransitions
{
    // Each turn that fails is one in which another process got ahead on this very delivery.
    private const int MostTurns = 100;

    public static async Task<WebhookClaimResult> ClaimAsync(
        DeliverySession session,
        DeliveryStatements statements,
        WebhookClaim claim,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var moment = new DeliveryMoment(claim, clock);
            var row = await session.FindAsync(statements.Find, moment.Id, cancellationToken).ConfigureAwait(false);
            if (row is not null && !row.IsExpired(moment.Now) && Refusal(row, moment) is { } refusal)
            {
                return refusal;
            }

            var attempt = await (
                row is null ? InsertAsync(session, statements, moment, cancellationToken)
                : row.IsHeld(moment.Now) ? AgainAsync(session, statements, moment, row, cancellationToken)
                : TakeAsync(session, statements, moment, row, cancellationToken)
            ).ConfigureAwait(false);
            if (attempt > 0)
            {
                return WebhookClaimResult.Claimed(attempt);
            }
        }

        throw new WebhookClaimStoreException(
            $"A delivery was changed by others {MostTurns} times while it was claimed. It can be claimed again."
        );
    }

    public static Task<bool> RenewAsync(
        DeliverySession session,
        DeliveryStatements statements,
        DeliveryMoment moment,
        CancellationToken cancellationToken
    ) =>
        session.ChangeAsync(
            statements.Renew,
            [
                ("lease", moment.LeaseUntil),
                ("expires", moment.ForgottenWhileHeld),
                ("id", moment.Id),
                ("owner", moment.Owner),
                ("now", moment.Now),
            ],
            cancellationToken
        );

    public static Task<bool> CompleteAsync(
        DeliverySession session,
        DeliveryStatements statements,
        DeliveryMoment moment,
        CancellationToken cancellationToken
    ) => EndAsync(session, statements.Complete, moment, cancellationToken);

    public static Task<bool> ReleaseAsync(
        DeliverySession session,
        DeliveryStatements statements,
        DeliveryMoment moment,
        CancellationToken cancellationToken
    ) => EndAsync(session, statements.Release, moment, cancellationToken);

    public static async Task<bool> IsCompletedByOwnerAsync(
        DeliverySession session,
        DeliveryStatements statements,
        DeliveryMoment moment,
        CancellationToken cancellationToken
    )
    {
        var row = await session.FindAsync(statements.Find, moment.Id, cancellationToken).ConfigureAwait(false);
        return row is { IsCompleted: true } && row.Owner == moment.Owner && !row.IsExpired(moment.Now);
    }

    public static async Task EnsureCreatedAsync(DeliverySession session, DeliveryStatements statements, CancellationToken cancellationToken)
    {
        try
        {
            await session.RunAsync(statements.Probe, [], cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (DbException)
        {
            // Missing, or it cannot be read: the next statement tells.
        }

        try
        {
            await session.RunAsync(statements.Create, [], cancellationToken).ConfigureAwait(false);
        }
        catch (DbException)
        {
            // Another process was first, or it cannot be made at all.
            await session.RunAsync(statements.Probe, [], cancellationToken).ConfigureAwait(false);
            return;
        }

        await session.RunAsync(statements.CreateIndex, [], cancellationToken).ConfigureAwait(false);
    }

    private static WebhookClaimResult? Refusal(DeliveryRow row, DeliveryMoment moment) =>
        row.IsCompleted ? WebhookClaimResult.Completed
        : row.IsHeld(moment.Now) && row.Owner != moment.Owner ? WebhookClaimResult.InProgress(moment.LeaseLeft(row))
        : null;

    private static async Task<int> InsertAsync(
        DeliverySession session,
        DeliveryStatements statements,
        DeliveryMoment moment,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await session
                .RunAsync(
                    statements.Insert,
                    [
                        ("id", moment.Id),
                        ("delivery", moment.Delivery),
                        ("owner", moment.Owner),
                        ("lease", moment.LeaseUntil),
                        ("expires", moment.ForgottenWhileHeld),
                    ],
                    cancellationToken
                )
                .ConfigureAwait(false);
            return 1;
        }
        catch (DbException)
        {
            // Where another was first, its row is there now; otherwise the insert failed for a reason of its own.
            var row = await session.FindAsync(statements.Find, moment.Id, cancellationToken).ConfigureAwait(false);
            if (row is null)
            {
                throw;
            }

            return 0;
        }
    }

    private static async Task<int> AgainAsync(
        DeliverySession session,
        DeliveryStatements statements,
        DeliveryMoment moment,
        DeliveryRow row,
        CancellationToken cancellationToken
    ) => await RenewAsync(session, statements, moment, cancellationToken).ConfigureAwait(false) ? row.Attempts : 0;

    private static async Task<int> TakeAsync(
        DeliverySession session,
        DeliveryStatements statements,
        DeliveryMoment moment,
        DeliveryRow row,
        CancellationToken cancellationToken
    )
    {
        var attempt = row.IsExpired(moment.Now) ? 1 : row.Attempts + 1;
        var isTaken = await session
            .ChangeAsync(
                statements.Take,
                [
                    ("owner", moment.Owner),
                    ("attempts", attempt),
                    ("lease", moment.LeaseUntil),
                    ("expires", moment.ForgottenWhileHeld),
                    ("id", moment.Id),
                    ("seen_attempts", row.Attempts),
                    ("seen_completed", row.IsCompleted ? 1 : 0),
                    ("seen_expires", row.ExpiresAt),
                    ("now", moment.Now),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        return isTaken ? attempt : 0;
    }

    private static Task<bool> EndAsync(
        DeliverySession session,
        string statement,
        DeliveryMoment moment,
        CancellationToken cancellationToken
    ) =>
        session.ChangeAsync(
            statement,
            [("expires", moment.Forgotten), ("id", moment.Id), ("owner", moment.Owner), ("now", moment.Now)],
            cancellationToken
        );
}
