using System.Data.Common;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>The table of a claim store. Opens a session for each call, applies the cancellation token, and translates exceptions.</summary>
internal sealed class ClaimTable(DbDataSource dataSource, string name, TimeSpan timeout)
{
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
            // Some ADO.NET providers report a cancellation as a DbException.
            cancellationToken.ThrowIfCancellationRequested();
            throw CreateException(operation, exception);
        }
    }
}
