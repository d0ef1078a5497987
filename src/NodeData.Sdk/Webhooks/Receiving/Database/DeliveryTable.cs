using System.Data.Common;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>The table of a log: opens a session for each call, ends it by its token, and says what failed.</summary>
internal sealed class DeliveryTable(DbDataSource dataSource, string name, TimeSpan timeout)
{
    public DeliveryStatements Statements { get; } = new(name);

    public DeliverySession SessionIn(DbTransaction transaction) =>
        new(
            transaction.Connection
                ?? throw new ArgumentException("The transaction is over: it has no connection any more.", nameof(transaction)),
            transaction,
            timeout
        );

    /// <summary>Runs a call. Some drivers block and none of them heeds a token while it waits for a lock: the caller's token ends its waiting all the same.</summary>
    public async Task<T> RunAsync<T>(
        string what,
        Func<DeliverySession, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        var running = Task.Run(() => CallAsync(what, call, cancellationToken), cancellationToken);
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody waits for it any more, so nobody would see it fail.
            _ = running.ContinueWith(
                static ended => ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
            throw;
        }
    }

    public WebhookClaimStoreException Failed(string what, DbException failure) =>
        new(
            $"A delivery could not be {what} in the table {name}: {failure.GetType().Name}, SQLSTATE {failure.SqlState ?? "unknown"}. "
                + "Is the database there, and the table in it? DbWebhookClaimStore.EnsureCreatedAsync makes the table.",
            failure
        );

    private async Task<T> CallAsync<T>(
        string what,
        Func<DeliverySession, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await call(new DeliverySession(connection, null, timeout), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DbException failure)
        {
            // A driver that was told to stop may report that as its own failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(what, failure);
        }
    }
}
