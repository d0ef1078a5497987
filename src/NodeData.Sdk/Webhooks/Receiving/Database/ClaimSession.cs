using System.Data;
using System.Data.Common;
using System.Globalization;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>The statements of one call, over one connection. Without a transaction each statement is a transaction of its own.</summary>
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

    /// <summary>The number that a query gives; null where it gives none.</summary>
    public async Task<long?> ReadInt64Async(string query, CancellationToken cancellationToken)
    {
        var command = CreateCommand(query, []);
        await using (command.ConfigureAwait(false))
        {
            var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return value is null or DBNull ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whether the one row that was meant was changed.</summary>
    public async Task<bool> TryUpdateAsync(string statement, (string Name, object Value)[] values, CancellationToken cancellationToken)
    {
        var rows = await ExecuteAsync(statement, values, cancellationToken).ConfigureAwait(false);
        return rows >= 0
            ? rows > 0
            : throw new WebhookClaimStoreException(
                "The database does not say how many rows a statement changed (NOCOUNT is on?), so no claim can be trusted. Turn that setting off for this connection."
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
            // Otherwise SQL Server compares as wide characters, and does not use the index.
            parameter.DbType = value is string ? DbType.AnsiString : parameter.DbType;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
