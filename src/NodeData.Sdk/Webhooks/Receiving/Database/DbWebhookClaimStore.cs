using System.Data.Common;
using NodeData.Sdk.Webhooks.Receiving.Database;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a claim store in a database table, with ADO.NET. Use it for several processes that share a database, and for handlers that complete their claims
/// within their own transactions, so that their effects occur exactly once. Safe for use by several threads and processes.
/// </summary>
/// <remarks>
/// <para>
/// The statements use only SQL that PostgreSQL, SQL Server, MySQL and SQLite have in common, with parameters named <c>@name</c>. The store was tested with
/// SQLite only: run <c>WebhookClaimStoreConformance</c> of <c>NodeData.Sdk.Testing</c> against any other database before you rely on it. The ADO.NET provider
/// must report the number of <em>matched</em> rows, which is the default (MySQL: leave <c>UseAffectedRows</c> off; SQL Server: leave <c>NOCOUNT</c> off).
/// </para>
/// <para>
/// Leases are measured with the clocks of the processes: see <see cref="DbWebhookClaimStoreOptions.TimeProvider"/>. Once an hour, <see cref="ClaimAsync"/>
/// starts to remove expired claim records: each call removes one small batch until none remains. If the removal fails, it is retried an hour later.
/// </para>
/// </remarks>
public sealed class DbWebhookClaimStore : ITransactionalWebhookClaimStore
{
    private readonly ClaimTable _table;
    private readonly TimeProvider _clock;
    private readonly ExpiredClaimCleaner _expiredClaimCleaner;

    /// <summary>Initializes a new instance. <see cref="EnsureCreatedAsync"/> creates the table.</summary>
    /// <param name="dataSource">The data source that opens the connections. The store does not dispose of it.</param>
    /// <param name="options">The table, the timeout and the clock; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of range.</exception>
    public DbWebhookClaimStore(DbDataSource dataSource, DbWebhookClaimStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new DbWebhookClaimStoreOptions();
        options.Validate();
        _table = new ClaimTable(dataSource, options.TableName, options.CommandTimeout);
        _clock = options.TimeProvider;
        _expiredClaimCleaner = new ExpiredClaimCleaner(_table, _clock);
    }

    /// <summary>
    /// Creates the table and its index if the table does not exist. An existing table is not changed. Several processes can call this method concurrently.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the table exists.</returns>
    /// <exception cref="WebhookClaimStoreException">The database is unavailable, or the user may not create tables.</exception>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken = default) =>
        _table.RunAsync(
            "create the table",
            async (session, token) =>
            {
                await ClaimTransitions.EnsureCreatedAsync(session, _table.Statements, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    /// <summary>
    /// Removes all expired claim records immediately. <see cref="ClaimAsync"/> removes them automatically; call this method to remove them at a time of your
    /// choice.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of removed claim records.</returns>
    /// <exception cref="WebhookClaimStoreException">The database is unavailable or returned an error.</exception>
    public Task<int> RemoveExpiredAsync(CancellationToken cancellationToken = default) =>
        _expiredClaimCleaner.RemoveAllAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is unavailable or returned an error.</exception>
    public async ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        // Expired records are removed before the claim is acquired, so that the removal does not shorten the lease.
        await _expiredClaimCleaner.RemoveIfDueAsync(cancellationToken).ConfigureAwait(false);
        return await _table
            .RunAsync(
                "claim an event",
                (session, token) => ClaimTransitions.ClaimAsync(session, _table.Statements, claim, _clock, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is unavailable or returned an error.</exception>
    public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeAsync(claim, "renew a claim", ClaimTransitions.RenewAsync, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is unavailable or returned an error.</exception>
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeAsync(
            claim,
            "complete a claim",
            async (session, statements, parameters, token) =>
                await ClaimTransitions.CompleteAsync(session, statements, parameters, token).ConfigureAwait(false)
                || await ClaimTransitions.IsCompletedByOwnerAsync(session, statements, parameters, token).ConfigureAwait(false),
            cancellationToken
        );

    /// <inheritdoc/>
    /// <remarks>
    /// The lease is checked at the time of this call. Until the transaction ends, the database prevents other owners from claiming the key, even after the
    /// lease expires. Start the transaction as a writing transaction (SQLite: not deferred). Above read committed, make this call the first statement of the
    /// transaction: if the claim is renewed between the transaction's snapshot and this call, the database fails the call (SQLSTATE 40001).
    /// </remarks>
    /// <exception cref="ArgumentException">The transaction has already ended.</exception>
    /// <exception cref="WebhookClaimStoreException">The database is unavailable or returned an error.</exception>
    public async ValueTask<bool> CompleteAsync(WebhookClaim claim, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        var session = _table.CreateSession(transaction);
        try
        {
            return await ClaimTransitions
                .CompleteAsync(session, _table.Statements, new ClaimParameters(claim, _clock), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DbException exception)
        {
            throw _table.CreateTransactionException("complete a claim in a transaction", exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is unavailable or returned an error.</exception>
    public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeAsync(claim, "release a claim", ClaimTransitions.ReleaseAsync, cancellationToken);

    private ValueTask<bool> ChangeAsync(
        WebhookClaim claim,
        string operation,
        Func<ClaimSession, ClaimStatements, ClaimParameters, CancellationToken, Task<bool>> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(claim);
        return new(
            _table.RunAsync(
                operation,
                (session, token) => change(session, _table.Statements, new ClaimParameters(claim, _clock), token),
                cancellationToken
            )
        );
    }
}
