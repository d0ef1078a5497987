using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Completing as a part of the handler's own transaction.</summary>
public sealed class TransactionTests : IAsyncLifetime, IDisposable
{
    private readonly DatabaseFile _database = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly DbWebhookClaimStore _log;

    public TransactionTests() => _log = new(_database.Source, new() { TimeProvider = _clock, CommandTimeout = TimeSpan.FromMinutes(5) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WebhookClaim Mine { get; } = Claim("mine");

    private static WebhookClaim Theirs { get; } = Claim("theirs");

    public async ValueTask InitializeAsync()
    {
        _database.Run("CREATE TABLE effects (owner TEXT NOT NULL)");
        await _log.EnsureCreatedAsync(Token);
        await _log.ClaimAsync(Mine, Token);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Committed_the_effect_and_the_completion_are_there()
    {
        await using (var connection = await _database.Source.OpenConnectionAsync(Token))
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await HaveEffectAsync(transaction);
            Assert.True(await _log.CompleteAsync(Mine, transaction, Token));
            Assert.False((await _log.ClaimAsync(Theirs, Token)).IsCompleted);
            await transaction.CommitAsync(Token);
        }

        Assert.Equal(1, _database.Number("SELECT COUNT(*) FROM effects"));
        Assert.Equal(WebhookClaimResult.Completed, await _log.ClaimAsync(Theirs, Token));
        Assert.True(await _log.CompleteAsync(Mine, Token));
    }

    [Fact]
    public async Task Rolled_back_neither_is_there_and_the_claim_is_held_on()
    {
        await using (var connection = await _database.Source.OpenConnectionAsync(Token))
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await HaveEffectAsync(transaction);
            Assert.True(await _log.CompleteAsync(Mine, transaction, Token));
            await transaction.RollbackAsync(Token);
        }

        Assert.Equal(0, _database.Number("SELECT COUNT(*) FROM effects"));
        Assert.False((await _log.ClaimAsync(Theirs, Token)).IsCompleted);
        Assert.True(await _log.ReleaseAsync(Mine, Token));
        Assert.Equal(WebhookClaimResult.Claimed(2), await _log.ClaimAsync(Theirs, Token));
    }

    [Fact]
    public async Task Who_lost_the_lease_is_told_to_roll_back()
    {
        _clock.Advance(Mine.Lease);
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);

        Assert.False(await _log.CompleteAsync(Mine, transaction, Token));
    }

    [Fact]
    public async Task Who_completed_before_is_told_to_roll_back_because_the_effect_is_there()
    {
        await _log.CompleteAsync(Mine, Token);
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);

        Assert.False(await _log.CompleteAsync(Mine, transaction, Token));
    }

    [Fact]
    public async Task Past_its_lease_a_transaction_still_keeps_others_out_until_it_ends()
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await HaveEffectAsync(transaction);
        Assert.True(await _log.CompleteAsync(Mine, transaction, Token));
        _clock.Advance(2 * Mine.Lease);

        var taken = _log.ClaimAsync(Theirs, Token).AsTask();
        await transaction.CommitAsync(Token);

        Assert.Equal(WebhookClaimResult.Completed, await taken);
    }

    [Fact]
    public async Task A_transaction_that_is_over_is_refused()
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        var transaction = await connection.BeginTransactionAsync(Token);
        await transaction.CommitAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => _log.CompleteAsync(Mine, transaction, Token).AsTask());
    }

    private static async Task HaveEffectAsync(DbTransaction transaction)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO effects (owner) VALUES ('mine')";
        await command.ExecuteNonQueryAsync(Token);
    }

    private static WebhookClaim Claim(string owner) =>
        new(new("receiver", "evt_1", "handler"), owner, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
}
