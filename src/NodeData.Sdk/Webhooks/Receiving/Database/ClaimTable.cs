using System.Data.Common;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>The table of a log: opens a session for each call, ends it by its token, and says what failed.</summary>
internal sealed class ClaimTable(DbDataSource dataSource, string name, TimeSpan timeout)
{
    public ClaimStatements Statements { get; } = new(name);

    public ClaimSession CreateSession(DbTransaction transaction) =>
        new(
            transaction.Connection
                ?? throw new ArgumentException("The transaction is over: it has no connection any more.", nameof(transaction)),
            transaction,
            timeout
        );

    /// <summary>Runs a call. Some drivers block and none of them heeds a token while it waits for a lock: the caller's token ends its waiting all the same.</summary>
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
            // Nobody waits for it any more, so nobody would see it fail.
            _ = running.ContinueWith(
                static task => task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
            throw;
        }
    }

    public WebhookClaimStoreException CreateException(string operation, DbException failure) =>
        new(
            $"A delivery could not be {operation} in the table {name}: {failure.GetType().Name}, SQLSTATE {failure.SqlState ?? "unknown"}. "
                + "Is the database there, and the table in it? DbWebhookClaimStore.EnsureCreatedAsync makes the table.",
            failure
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
        catch (DbException failure)
        {
            // A driver that was told to stop may report that as its own failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw CreateException(operation, failure);
        }
    }
}
