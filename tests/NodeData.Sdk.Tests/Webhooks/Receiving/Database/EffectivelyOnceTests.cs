using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Handlers that complete within their own transaction, under a receiver.</summary>
public sealed class EffectivelyOnceTests : IDisposable
{
    private readonly DatabaseFile _database = new();

    public EffectivelyOnceTests() => _database.Run("CREATE TABLE effects (delivery_key TEXT NOT NULL)");

    private long Effects => _database.Number("SELECT COUNT(*) FROM effects");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Effect_and_completion_are_committed_together_and_a_duplicate_does_nothing()
    {
        using var inbox = await InboxAsync((e, token) => WriteAndCompleteAsync(e, transaction => transaction.CommitAsync(token), token));

        Assert.Equal(WebhookOutcome.Handled, (await inbox.DeliverAsync()).Outcome);
        Assert.Equal(WebhookOutcome.Duplicate, (await inbox.DeliverAsync()).Outcome);
        Assert.Equal(1, Effects);
    }

    [Fact]
    public async Task A_failure_before_the_commit_takes_both_back_and_the_event_comes_again()
    {
        var isBroken = true;
        using var inbox = await InboxAsync(
            (e, token) =>
                WriteAndCompleteAsync(
                    e,
                    async transaction =>
                    {
                        if (isBroken)
                        {
                            throw new IOException("The power failed.");
                        }

                        await transaction.CommitAsync(token);
                    },
                    token
                )
        );

        Assert.Equal(WebhookOutcome.Failed, (await inbox.DeliverAsync()).Outcome);
        Assert.Equal(0, Effects);
        isBroken = false;
        Assert.Equal(WebhookOutcome.Handled, (await inbox.DeliverAsync()).Outcome);
        Assert.Equal(1, Effects);
    }

    [Fact]
    public async Task A_failure_after_the_commit_does_not_run_it_again()
    {
        using var inbox = await InboxAsync(
            (e, token) =>
                WriteAndCompleteAsync(
                    e,
                    async transaction =>
                    {
                        await transaction.CommitAsync(token);
                        throw new IOException("Too late to matter.");
                    },
                    token
                )
        );

        Assert.Equal(WebhookOutcome.Failed, (await inbox.DeliverAsync()).Outcome);
        Assert.Equal(WebhookOutcome.Duplicate, (await inbox.DeliverAsync()).Outcome);
        Assert.Equal(1, Effects);
    }

    [Fact]
    public async Task A_transaction_that_was_never_committed_is_found_out()
    {
        using var inbox = await InboxAsync((e, token) => WriteAndCompleteAsync(e, _ => Task.CompletedTask, token));

        Assert.Equal((WebhookOutcome.Failed, 0), ((await inbox.DeliverAsync()).Outcome, Effects));
        Assert.Contains(inbox.Lines, line => line.Id.Id == 112);
    }

    [Fact]
    public async Task A_claim_that_was_lost_bars_the_commit()
    {
        using var inbox = await InboxAsync(
            (e, token) =>
            {
                _database.Run("UPDATE webhook_deliveries SET owner_id = 'another'");
                return WriteAndCompleteAsync(e, transaction => transaction.CommitAsync(token), token);
            }
        );

        Assert.Equal((WebhookOutcome.Failed, 0), ((await inbox.DeliverAsync()).Outcome, Effects));
        Assert.IsType<WebhookClaimLostException>(Assert.Single(inbox.Lines, line => line.Id.Id == 103).Exception);
    }

    [Fact]
    public async Task A_log_that_cannot_join_says_which_can()
    {
        using var inbox = new Inbox(on =>
            on.Any(
                async (e, token) =>
                {
                    await using var connection = await _database.Source.OpenConnectionAsync(token);
                    await using var transaction = await connection.BeginTransactionAsync(token);
                    await e.CompleteAsync(transaction, token);
                }
            )
        );

        Assert.Equal(WebhookOutcome.Failed, (await inbox.DeliverAsync()).Outcome);
        Assert.Contains(inbox.Lines, line => line.Exception?.Message.Contains("DbWebhookClaimStore", StringComparison.Ordinal) is true);
    }

    private async Task<Inbox> InboxAsync(Func<WebhookContext<WebhookEvent>, CancellationToken, Task> handle)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        var log = new DbWebhookClaimStore(
            _database.Source,
            new DbWebhookClaimStoreOptions { TimeProvider = clock, CommandTimeout = TimeSpan.FromMinutes(5) }
        );
        await log.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return new Inbox(on => on.Any(handle), log: log, clock: clock);
    }

    /// <summary>What each handler does: the effect and the completion in one transaction, which then ends in its own way.</summary>
    private async Task WriteAndCompleteAsync(WebhookContext<WebhookEvent> e, Func<DbTransaction, Task> endAsync, CancellationToken token)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await WriteAsync(transaction, e.IdempotencyKey);
        await e.CompleteAsync(transaction, token);
        await endAsync(transaction);
    }

    private static async Task WriteAsync(DbTransaction transaction, string deliveryKey)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO effects (delivery_key) VALUES (@key)";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@key", deliveryKey);
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync();
    }
}
