using System.Globalization;
using Microsoft.Data.Sqlite;
using NodeData.Sdk.Webhooks;

// effect DATABASE OWNER: claims evt_1, writes an effect and completes the claim in one transaction, then waits for a line before the commit.
// race DATABASE OWNER COUNT: waits for a line, then claims and completes the events 1 to COUNT, and prints the numbers of the granted ones.
var source = SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder { DataSource = args[1] }.ToString());
var store = new DbWebhookClaimStore(source, new DbWebhookClaimStoreOptions { CommandTimeout = TimeSpan.FromMinutes(5) });

if (args[0] == "effect")
{
    var claim = CreateClaim("evt_1");
    var claimResult = await store.ClaimAsync(claim, default);
    await using var connection = await source.OpenConnectionAsync();
    await using var transaction = await connection.BeginTransactionAsync();
    await using var effect = connection.CreateCommand();
    effect.Transaction = transaction;
    effect.CommandText = "INSERT INTO effects (owner) VALUES (@owner)";
    var owner = effect.CreateParameter();
    (owner.ParameterName, owner.Value) = ("owner", claim.OwnerToken);
    effect.Parameters.Add(owner);
    await effect.ExecuteNonQueryAsync();
    Console.WriteLine($"{claimResult}, completed {await store.CompleteAsync(claim, transaction, default)}, not committed");
    Console.ReadLine();
    await transaction.CommitAsync();
    Console.WriteLine("committed");
}
else
{
    Console.WriteLine("ready");
    Console.ReadLine();
    for (var number = 1; number <= int.Parse(args[3], CultureInfo.InvariantCulture); number++)
    {
        var claim = CreateClaim($"evt_{number}");
        if ((await store.ClaimAsync(claim, default)).IsClaimed && await store.CompleteAsync(claim, default))
        {
            Console.WriteLine(number);
        }
    }
}

WebhookClaim CreateClaim(string eventId) =>
    new(new("receiver", eventId, "handler"), args[2], TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
