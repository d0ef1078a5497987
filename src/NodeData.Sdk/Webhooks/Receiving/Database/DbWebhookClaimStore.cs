using System.Data.Common;
using NodeData.Sdk.Webhooks.Receiving.Database;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A delivery log in a table of a database, over plain ADO.NET: for a fleet whose processes share the database, and for handlers that complete in their own
/// transaction and so have their effect once. Safe for use by several threads and processes.
/// </summary>
/// <remarks>
/// <para>
/// Its statements keep to what PostgreSQL, SQL Server, MySQL and SQLite have in common, with parameters named <c>@name</c>. It was tested on SQLite only: run
/// <c>WebhookClaimStoreConformance</c> of <c>NodeData.Sdk.Testing</c> on another before you rely on it. The driver must say how many rows a statement
/// <em>found</em>, which all do unless told otherwise (MySQL: leave <c>UseAffectedRows</c> off; SQL Server: <c>NOCOUNT</c> off).
/// </para>
/// <para>
/// Leases go by the clocks of the processes: see <see cref="DbWebhookClaimStoreOptions.TimeProvider"/>. Once an hour a claim begins to
/// remove the rows past their retention, a small portion with each claim until none is left; where that fails, it is tried again an hour later.
/// </para>
/// </remarks>
public sealed class DbWebhookClaimStore : ITransactionalWebhookClaimStore
{
    private readonly ClaimTable _table;
    private readonly TimeProvider _clock;
    private readonly ExpiredRows _expired;

    /// <summary>A log in a table. <see cref="EnsureCreatedAsync"/> makes the table where it is missing.</summary>
    /// <param name="dataSource">Where connections come from. It is not disposed of by the log.</param>
    /// <param name="options">Table, time-out and clock; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of its range.</exception>
    public DbWebhookClaimStore(DbDataSource dataSource, DbWebhookClaimStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new DbWebhookClaimStoreOptions();
        options.Check();
        _table = new ClaimTable(dataSource, options.TableName, options.CommandTimeout);
        _clock = options.TimeProvider;
        _expired = new ExpiredRows(_table, _clock);
    }

    /// <summary>Makes the table and its index where the table is missing. What is there is left as it is; several processes may call it at once.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="WebhookClaimStoreException">The database cannot be reached, or does not let this user make tables.</exception>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken = default) =>
        _table.RunAsync(
            "made",
            async (session, token) =>
            {
                await ClaimTransitions.EnsureCreatedAsync(session, _table.Statements, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    /// <summary>Removes the rows past their retention now. Claims do it by themselves, so this is for programs that want it at a time of their own.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="WebhookClaimStoreException">The database is away or refused.</exception>
    public Task<int> RemoveExpiredAsync(CancellationToken cancellationToken = default) => _expired.RemoveAllAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is away or refused.</exception>
    public async ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        // Before the claim, so that it takes nothing from the lease.
        await _expired.RemoveIfDueAsync(cancellationToken).ConfigureAwait(false);
        return await _table
            .RunAsync(
                "asked for a claim",
                (session, token) => ClaimTransitions.ClaimAsync(session, _table.Statements, claim, _clock, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is away or refused.</exception>
    public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeAsync(claim, "renewed", ClaimTransitions.RenewAsync, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is away or refused.</exception>
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeAsync(
            claim,
            "completed",
            async (session, statements, parameters, token) =>
                await ClaimTransitions.CompleteAsync(session, statements, parameters, token).ConfigureAwait(false)
                || await ClaimTransitions.IsCompletedByOwnerAsync(session, statements, parameters, token).ConfigureAwait(false),
            cancellationToken
        );

    /// <inheritdoc/>
    /// <remarks>
    /// The lease counts at the time of this call; until the transaction ends, the database keeps others from taking the delivery, even past the lease. Begin the
    /// transaction so that it may write (SQLite: not deferred).
    /// </remarks>
    /// <exception cref="ArgumentException">The transaction is over.</exception>
    /// <exception cref="WebhookClaimStoreException">The database is away or refused.</exception>
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
        catch (DbException failure)
        {
            throw _table.CreateException("completed in a transaction", failure);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreException">The database is away or refused.</exception>
    public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeAsync(claim, "released", ClaimTransitions.ReleaseAsync, cancellationToken);

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
