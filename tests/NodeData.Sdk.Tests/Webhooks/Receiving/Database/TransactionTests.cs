using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Tests of the completion as part of the transaction of a handler.</summary>
public sealed class TransactionTests : IAsyncLifetime, IDisposable
{
    private readonly DatabaseFile _database = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly DbWebhookClaimStore _store;

    public TransactionTests() => _store = new(_database.Source, new() { TimeProvider = _clock, CommandTimeout = TimeSpan.FromMinutes(5) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WebhookClaim Mine { get; } = CreateClaim("mine");

    private static WebhookClaim Theirs { get; } = CreateClaim("theirs");

    public async ValueTask InitializeAsync()
    {
        _database.Execute("CREATE TABLE effects (owner TEXT NOT NULL)");
        await _store.EnsureCreatedAsync(Token);
        await _store.ClaimAsync(Mine, Token);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_commit_stores_the_effect_and_the_completion()
    {
        await using (var connection = await _database.Source.OpenConnectionAsync(Token))
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await WriteEffectAsync(transaction);
            Assert.True(await _store.CompleteAsync(Mine, transaction, Token));
            Assert.False((await _store.ClaimAsync(Theirs, Token)).IsCompleted);
            await transaction.CommitAsync(Token);
        }

        Assert.Equal(1, _database.QueryNumber("SELECT COUNT(*) FROM effects"));
        Assert.Equal(WebhookClaimResult.Completed, await _store.ClaimAsync(Theirs, Token));
        Assert.True(await _store.CompleteAsync(Mine, Token));
    }

    [Fact]
    public async Task A_rollback_stores_neither_and_keeps_the_claim()
    {
        await using (var connection = await _database.Source.OpenConnectionAsync(Token))
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await WriteEffectAsync(transaction);
            Assert.True(await _store.CompleteAsync(Mine, transaction, Token));
            await transaction.RollbackAsync(Token);
        }

        Assert.Equal(0, _database.QueryNumber("SELECT COUNT(*) FROM effects"));
        Assert.False((await _store.ClaimAsync(Theirs, Token)).IsCompleted);
        Assert.True(await _store.ReleaseAsync(Mine, Token));
        Assert.Equal(WebhookClaimResult.Claimed(2), await _store.ClaimAsync(Theirs, Token));
    }

    [Fact]
    public async Task Completing_with_an_expired_lease_returns_false()
    {
        _clock.Advance(Mine.Lease);
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);

        Assert.False(await _store.CompleteAsync(Mine, transaction, Token));
    }

    [Fact]
    public async Task Completing_a_completed_claim_in_a_transaction_returns_false()
    {
        await _store.CompleteAsync(Mine, Token);
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);

        Assert.False(await _store.CompleteAsync(Mine, transaction, Token));
    }

    [Fact]
    public async Task An_open_transaction_blocks_other_claims_after_its_lease_expires()
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await WriteEffectAsync(transaction);
        Assert.True(await _store.CompleteAsync(Mine, transaction, Token));
        _clock.Advance(2 * Mine.Lease);

        var claiming = _store.ClaimAsync(Theirs, Token).AsTask();
        await transaction.CommitAsync(Token);

        Assert.Equal(WebhookClaimResult.Completed, await claiming);
    }

    [Fact]
    public async Task A_finished_transaction_is_rejected()
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        var transaction = await connection.BeginTransactionAsync(Token);
        await transaction.CommitAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => _store.CompleteAsync(Mine, transaction, Token).AsTask());
    }

    private static async Task WriteEffectAsync(DbTransaction transaction)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO effects (owner) VALUES ('mine')";
        await command.ExecuteNonQueryAsync(Token);
    }

    private static WebhookClaim CreateClaim(string owner) =>
        new(new("receiver", "evt_1", "handler"), owner, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
}
