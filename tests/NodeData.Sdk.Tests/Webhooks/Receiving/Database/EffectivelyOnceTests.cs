using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Tests of a receiver whose handlers complete the claim in their own transaction.</summary>
public sealed class EffectivelyOnceTests : IDisposable
{
    private readonly DatabaseFile _database = new();

    public EffectivelyOnceTests() => _database.Execute("CREATE TABLE effects (idempotency_key TEXT NOT NULL)");

    private long EffectCount => _database.QueryNumber("SELECT COUNT(*) FROM effects");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Effect_and_completion_are_committed_together_and_a_duplicate_does_nothing()
    {
        using var receiver = await CreateReceiverAsync(
            (e, token) => WriteAndCompleteAsync(e, transaction => transaction.CommitAsync(token), token)
        );

        Assert.Equal(WebhookOutcome.Handled, (await receiver.DeliverAsync()).Outcome);
        Assert.Equal(WebhookOutcome.Duplicate, (await receiver.DeliverAsync()).Outcome);
        Assert.Equal(1, EffectCount);
    }

    [Fact]
    public async Task A_failure_before_the_commit_rolls_both_back_and_the_event_is_retried()
    {
        var isBroken = true;
        using var receiver = await CreateReceiverAsync(
            (e, token) =>
                WriteAndCompleteAsync(
                    e,
                    async transaction =>
                    {
                        if (isBroken)
                        {
                            throw new IOException("The commit fails.");
                        }

                        await transaction.CommitAsync(token);
                    },
                    token
                )
        );

        Assert.Equal(WebhookOutcome.Failed, (await receiver.DeliverAsync()).Outcome);
        Assert.Equal(0, EffectCount);
        isBroken = false;
        Assert.Equal(WebhookOutcome.Handled, (await receiver.DeliverAsync()).Outcome);
        Assert.Equal(1, EffectCount);
    }

    [Fact]
    public async Task A_failure_after_the_commit_does_not_repeat_the_event()
    {
        using var receiver = await CreateReceiverAsync(
            (e, token) =>
                WriteAndCompleteAsync(
                    e,
                    async transaction =>
                    {
                        await transaction.CommitAsync(token);
                        throw new IOException("The handler fails after the commit.");
                    },
                    token
                )
        );

        Assert.Equal(WebhookOutcome.Failed, (await receiver.DeliverAsync()).Outcome);
        Assert.Equal(WebhookOutcome.Duplicate, (await receiver.DeliverAsync()).Outcome);
        Assert.Equal(1, EffectCount);
    }

    [Fact]
    public async Task A_transaction_that_is_never_committed_is_detected()
    {
        using var receiver = await CreateReceiverAsync((e, token) => WriteAndCompleteAsync(e, _ => Task.CompletedTask, token));

        Assert.Equal((WebhookOutcome.Failed, 0), ((await receiver.DeliverAsync()).Outcome, EffectCount));
        Assert.Contains(receiver.LogRecords, line => line.Id.Id == 112);
    }

    [Fact]
    public async Task A_lost_claim_prevents_the_commit()
    {
        using var receiver = await CreateReceiverAsync(
            (e, token) =>
            {
                _database.Execute("UPDATE webhook_claims SET owner_id = 'another'");
                return WriteAndCompleteAsync(e, transaction => transaction.CommitAsync(token), token);
            }
        );

        Assert.Equal((WebhookOutcome.Failed, 0), ((await receiver.DeliverAsync()).Outcome, EffectCount));
        Assert.IsType<WebhookClaimLostException>(Assert.Single(receiver.LogRecords, line => line.Id.Id == 103).Exception);
    }

    [Fact]
    public async Task A_store_without_transactions_is_reported_with_a_remedy()
    {
        using var receiver = new TestReceiver(on =>
            on.Any(
                async (e, token) =>
                {
                    await using var connection = await _database.Source.OpenConnectionAsync(token);
                    await using var transaction = await connection.BeginTransactionAsync(token);
                    await e.CompleteAsync(transaction, token);
                }
            )
        );

        Assert.Equal(WebhookOutcome.Failed, (await receiver.DeliverAsync()).Outcome);
        Assert.Contains(
            receiver.LogRecords,
            line => line.Exception?.Message.Contains("DbWebhookClaimStore", StringComparison.Ordinal) is true
        );
    }

    private async Task<TestReceiver> CreateReceiverAsync(Func<WebhookContext<WebhookEvent>, CancellationToken, Task> handler)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        var store = new DbWebhookClaimStore(
            _database.Source,
            new DbWebhookClaimStoreOptions { TimeProvider = clock, CommandTimeout = TimeSpan.FromMinutes(5) }
        );
        await store.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return new TestReceiver(on => on.Any(handler), store: store, clock: clock);
    }

    /// <summary>Writes the effect and the completion in one transaction, and then ends it as the test specifies.</summary>
    private async Task WriteAndCompleteAsync(WebhookContext<WebhookEvent> e, Func<DbTransaction, Task> endAsync, CancellationToken token)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await WriteEffectAsync(transaction, e.IdempotencyKey);
        await e.CompleteAsync(transaction, token);
        await endAsync(transaction);
    }

    private static async Task WriteEffectAsync(DbTransaction transaction, string idempotencyKey)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO effects (idempotency_key) VALUES (@key)";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@key", idempotencyKey);
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync();
    }
}
