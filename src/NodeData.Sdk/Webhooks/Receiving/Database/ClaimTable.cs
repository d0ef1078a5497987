using System.Data.Common;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>The table of a claim store. Opens a session for each call, applies the cancellation token, and translates exceptions.</summary>
internal sealed class ClaimTable(DbDataSource dataSource, string name, TimeSpan timeout)
{
    private const int MaxTries = 100;

    public ClaimStatements Statements { get; } = new(name);

    public ClaimSession CreateSession(DbTransaction transaction) =>
        new(
            transaction.Connection
                ?? throw new ArgumentException("The transaction has already ended: it has no connection.", nameof(transaction)),
            transaction,
            timeout
        );

    /// <summary>
    /// Runs a call. Some ADO.NET providers block, and none observes a token while it waits for a lock; the caller stops waiting when its token is canceled.
    /// </summary>
    public async Task<T> RunAsync<T>(
        string operation,
        Func<ClaimSession, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        var running = Task.Run(() => CallAsync(operation, call, cancellationToken), cancellationToken);
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The task is no longer awaited, so its exception would be unobserved.
            _ = running.ContinueWith(
                static task => task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
            throw;
        }
    }

    /// <summary>Creates the exception for a statement within the transaction of a handler.</summary>
    public WebhookClaimStoreException CreateTransactionException(string operation, DbException exception) =>
        IsSerializationFailure(exception)
            ? new(
                $"The claim store failed to {operation} (table {name}), because the claim changed after the transaction started: "
                    + $"{exception.GetType().Name}, SQLSTATE {exception.SqlState}. Roll back and retry the transaction. Above read committed, complete the claim "
                    + "in the first statement of the transaction: from then on it is not renewed.",
                exception
            )
            : CreateException(operation, exception);

    public WebhookClaimStoreException CreateException(string operation, DbException exception) =>
        new(
            $"The claim store failed to {operation} (table {name}): {exception.GetType().Name}, SQLSTATE {exception.SqlState ?? "unknown"}. "
                + "Check that the database is available and that the table exists; DbWebhookClaimStore.EnsureCreatedAsync creates it.",
            exception
        );

    private async Task<T> CallAsync<T>(
        string operation,
        Func<ClaimSession, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    return await call(new ClaimSession(connection, null, timeout), cancellationToken).ConfigureAwait(false);
                }
            }
            catch (DbException exception)
            {
                // Some drivers report a cancellation as a DbException.
                cancellationToken.ThrowIfCancellationRequested();
                if (!IsSerializationFailure(exception) || tries == MaxTries)
                {
                    throw CreateException(operation, exception);
                }
            }
        }
    }

    // Above read committed, and after a deadlock, a statement fails if a concurrent transaction changed the same row. Every call recognizes its own claim, so
    // it can be repeated.
    private static bool IsSerializationFailure(DbException exception) => exception.SqlState is "40001" or "40P01";
}
