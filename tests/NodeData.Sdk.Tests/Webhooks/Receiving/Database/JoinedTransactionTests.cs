using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Tests of handlers that complete the claim in their own transaction and then work on, past the lease.</summary>
public sealed class JoinedTransactionTests : IAsyncLifetime, IDisposable
{
    private readonly DatabaseFile _database = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
    private readonly BlockingHandler _work = new();
    private readonly DbWebhookClaimStore _store;

    public JoinedTransactionTests() =>
        _store = new(_database.Source, new() { TimeProvider = _clock, CommandTimeout = TimeSpan.FromMinutes(5) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long EffectCount => _database.QueryNumber("SELECT COUNT(*) FROM effects");

    public async ValueTask InitializeAsync()
    {
        _database.Execute("CREATE TABLE effects (owner TEXT NOT NULL)");
        await _store.EnsureCreatedAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Work_after_the_completion_is_neither_renewed_nor_canceled(bool commitsFirst)
    {
        var store = FaultyWebhookClaimStore.Wrap(_store);
        using var receiver = CreateReceiver(
            store,
            async (e, token) =>
            {
                await using var connection = await _database.Source.OpenConnectionAsync(token);
                await using var transaction = await connection.BeginTransactionAsync(token);
                await e.CompleteAsync(transaction, token);
                await WriteEffectAsync(transaction);
                if (commitsFirst)
                {
                    await transaction.CommitAsync(token);
                }

                await _work.HandleAsync(token);
                if (!commitsFirst)
                {
                    await transaction.CommitAsync(token);
                }
            }
        );

        var first = receiver.DeliverAsync();
        await _work.Started;
        await AdvanceAsync(TimeSpan.FromSeconds(45));
        var isCanceled = _work.Canceled.IsCompleted;
        _work.Release();

        Assert.Equal(WebhookOutcome.Handled, (await first).Outcome);
        Assert.False(isCanceled, "The handler was canceled.");
        Assert.DoesNotContain(WebhookClaimStoreCall.Renew, store.Calls);
        Assert.DoesNotContain(receiver.LogRecords, line => line.Id.Id is 107 or 108 or 110);
        Assert.Equal(1, EffectCount);
        Assert.Equal(WebhookOutcome.Duplicate, (await receiver.DeliverAsync()).Outcome);
    }

    [Fact]
    public async Task A_renewal_that_ends_after_the_commit_finds_no_loss()
    {
        var store = new SlowRenewalStore(_store);
        var renewing = new BlockingHandler();
        using var receiver = CreateReceiver(
            store,
            async (e, token) =>
            {
                await renewing.HandleAsync(token);
                await using var connection = await _database.Source.OpenConnectionAsync(token);
                await using var transaction = await connection.BeginTransactionAsync(token);
                await e.CompleteAsync(transaction, token);
                await transaction.CommitAsync(token);
                await _work.HandleAsync(token);
            }
        );

        var first = receiver.DeliverAsync();
        await renewing.Started;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await store.Renewing.WaitAsync(Poll.Timeout, Token);
        renewing.Release();
        await Poll.UntilAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
                return _work.Started.IsCompleted;
            },
            "The completion waits for the renewal without a limit."
        );
        store.Release();
        Assert.False(await store.Renewed.WaitAsync(Poll.Timeout, Token));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        var isCanceled = _work.Canceled.IsCompleted;
        _work.Release();

        Assert.Equal(WebhookOutcome.Handled, (await first).Outcome);
        Assert.False(isCanceled, "The handler was canceled.");
        Assert.DoesNotContain(receiver.LogRecords, line => line.Id.Id is 107);
    }

    [Fact]
    public async Task The_completion_waits_for_a_renewal_in_progress()
    {
        var store = new SlowRenewalStore(_store);
        var renewing = new BlockingHandler();
        var isRenewed = false;
        using var receiver = CreateReceiver(
            store,
            async (e, token) =>
            {
                await renewing.HandleAsync(token);
                await using var connection = await _database.Source.OpenConnectionAsync(token);
                await using var transaction = await connection.BeginTransactionAsync(token);
                var completing = e.CompleteAsync(transaction, token);
                Assert.False(completing.IsCompleted, "The completion does not wait.");
                // SQLite has one writer: the renewal could not end while this transaction is open.
                await transaction.RollbackAsync(token);
                store.Release();
                await Assert.ThrowsAnyAsync<Exception>(() => completing.AsTask());
                isRenewed = store.Renewed.IsCompleted;
            }
        );

        var first = receiver.DeliverAsync();
        await renewing.Started;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await store.Renewing.WaitAsync(Poll.Timeout, Token);
        renewing.Release();

        Assert.Equal(WebhookOutcome.Handled, (await first).Outcome);
        Assert.True(isRenewed, "The completion did not wait for the renewal.");
    }

    [Fact]
    public async Task After_a_failed_completion_the_claim_is_renewed_again()
    {
        var store = FaultyWebhookClaimStore.Wrap(_store);
        store.Enqueue(WebhookClaimStoreCall.Complete, WebhookClaimStoreFault.FailBeforeCall);
        using var receiver = CreateReceiver(
            store,
            async (e, token) =>
            {
                await using var connection = await _database.Source.OpenConnectionAsync(token);
                await using (var aborted = await connection.BeginTransactionAsync(token))
                {
                    await Assert.ThrowsAsync<WebhookClaimStoreException>(async () => await e.CompleteAsync(aborted, token));
                }

                await _work.HandleAsync(token);
                await using var transaction = await connection.BeginTransactionAsync(token);
                await e.CompleteAsync(transaction, token);
                await transaction.CommitAsync(token);
            }
        );

        var first = receiver.DeliverAsync();
        await _work.Started;
        var leaseUntil = GetLeaseUntil();
        _clock.Advance(TimeSpan.FromSeconds(10));
        // A renewal in progress would wait for the second transaction: SQLite has one writer.
        await Poll.UntilAsync(() => GetLeaseUntil() > leaseUntil, "The claim was not renewed.");
        _work.Release();

        Assert.Equal(WebhookOutcome.Handled, (await first).Outcome);
    }

    private TestReceiver CreateReceiver(IWebhookClaimStore store, Func<WebhookContext<WebhookEvent>, CancellationToken, Task> handler) =>
        new(on => on.Any(handler), options => options.Timeout = TimeSpan.FromMinutes(10), store, clock: _clock);

    private long GetLeaseUntil() => _database.QueryNumber("SELECT lease_until FROM webhook_claims");

    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var advanced = TimeSpan.Zero; advanced < time; advanced += TimeSpan.FromSeconds(1))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Poll.DelayAsync();
        }
    }

    private static async Task WriteEffectAsync(DbTransaction transaction)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO effects (owner) VALUES ('mine')";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A claim store whose renewals wait until the test releases them, whatever their token says.</summary>
    private sealed class SlowRenewalStore(ITransactionalWebhookClaimStore store) : ITransactionalWebhookClaimStore
    {
        private readonly TaskCompletionSource _renewing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Renewing => _renewing.Task;

        public Task<bool> Renewed => _renewed.Task;

        public void Release() => _released.TrySetResult();

        public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            store.ClaimAsync(claim, cancellationToken);

        public async ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken)
        {
            _renewing.TrySetResult();
            await _released.Task;
            var isHeld = await store.RenewAsync(claim, CancellationToken.None);
            _renewed.TrySetResult(isHeld);
            return isHeld;
        }

        public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            store.CompleteAsync(claim, cancellationToken);

        public ValueTask<bool> CompleteAsync(WebhookClaim claim, DbTransaction transaction, CancellationToken cancellationToken) =>
            store.CompleteAsync(claim, transaction, cancellationToken);

        public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            store.ReleaseAsync(claim, cancellationToken);
    }
}
