using System.Data.Common;
using System.Globalization;
using NodeData.Sdk.Webhooks;

namespace Sample;

/// <summary>Stores payouts in the application's own table.</summary>
public static class PayoutRepository
{
    public static Task EnsureCreatedAsync(DbDataSource shop) =>
        shop.CreateCommand("CREATE TABLE IF NOT EXISTS payouts (idempotency_key TEXT NOT NULL, data TEXT)").ExecuteNonQueryAsync();

    public static async Task<long> CountAsync(DbDataSource shop) =>
        Convert.ToInt64(await shop.CreateCommand("SELECT COUNT(*) FROM payouts").ExecuteScalarAsync(), CultureInfo.InvariantCulture);

    public static async Task InsertAsync(
        DbTransaction transaction,
        string idempotencyKey,
        PayoutPaidEvent payout,
        CancellationToken cancellationToken
    )
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO payouts (idempotency_key, data) VALUES (@key, @data)";
        Add(command, "@key", idempotencyKey);
        Add(command, "@data", payout.DataJson?.ToString());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(DbCommand command, string name, string? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, (object?)value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }
}
