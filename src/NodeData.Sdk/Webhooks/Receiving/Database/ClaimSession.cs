using System.Data;
using System.Data.Common;
using System.Globalization;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>Executes the statements of one call on one connection. Without a transaction, each statement is its own transaction.</summary>
internal sealed class ClaimSession(DbConnection connection, DbTransaction? transaction, TimeSpan timeout)
{
    public async Task<ClaimRow?> FindAsync(string statement, string id, CancellationToken cancellationToken)
    {
        var command = CreateCommand(statement, [("id", id)]);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? ClaimRow.Read(reader) : null;
            }
        }
    }

    /// <summary>Reads the number that a query returns; null if it returns no number.</summary>
    public async Task<long?> ReadInt64Async(string query, CancellationToken cancellationToken)
    {
        var command = CreateCommand(query, []);
        await using (command.ConfigureAwait(false))
        {
            var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return value is null or DBNull ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Executes a statement that changes at most one row.</summary>
    /// <returns>true if the row was changed; otherwise, false.</returns>
    public async Task<bool> TryUpdateAsync(string statement, (string Name, object Value)[] values, CancellationToken cancellationToken)
    {
        var rows = await ExecuteAsync(statement, values, cancellationToken).ConfigureAwait(false);
        return rows >= 0
            ? rows > 0
            : throw new WebhookClaimStoreException(
                "The database does not report how many rows a statement matched (SQL Server: NOCOUNT may be on), so claims are not reliable. "
                    + "Turn NOCOUNT off for this connection."
            );
    }

    public async Task<int> ExecuteAsync(string statement, (string Name, object Value)[] values, CancellationToken cancellationToken)
    {
        var command = CreateCommand(statement, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private DbCommand CreateCommand(string statement, (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement;
        command.CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds);
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            // Otherwise SQL Server compares nvarchar values and does not use the index.
            parameter.DbType = value is string ? DbType.AnsiString : parameter.DbType;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
