using System.Data.Common;
using Microsoft.Data.Sqlite;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Tests of statements that fail because a concurrent transaction changed the same row, as PostgreSQL reports it above read committed.</summary>
public sealed class SerializationFailureTests : IDisposable
{
    private readonly DatabaseFile _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task Each_call_of_the_store_is_retried(string sqlState)
    {
        var source = new ConflictingSource(_database.Path, sqlState);
        var store = new DbWebhookClaimStore(source);
        await store.EnsureCreatedAsync(Token);
        var claim = TestReceiver.CreateClaim();

        Assert.True((await AfterConflictsAsync(() => store.ClaimAsync(claim, Token))).IsClaimed);
        Assert.True((await AfterConflictsAsync(() => store.ClaimAsync(claim, Token))).IsClaimed);
        Assert.True(await AfterConflictsAsync(() => store.RenewAsync(claim, Token)));
        Assert.True(await AfterConflictsAsync(() => store.ReleaseAsync(claim, Token)));
        Assert.Equal(2, (await AfterConflictsAsync(() => store.ClaimAsync(claim, Token))).Attempt);
        Assert.True(await AfterConflictsAsync(() => store.CompleteAsync(claim, Token)));
        Assert.Equal(0, source.Conflicts);

        ValueTask<T> AfterConflictsAsync<T>(Func<ValueTask<T>> call)
        {
            source.Conflicts = 5;
            return call();
        }
    }

    [Fact]
    public async Task Conflicts_without_end_fail_the_call()
    {
        var source = new ConflictingSource(_database.Path, "40001");
        var store = new DbWebhookClaimStore(source);
        await store.EnsureCreatedAsync(Token);
        source.Conflicts = int.MaxValue;

        var exception = await Assert.ThrowsAsync<WebhookClaimStoreException>(async () =>
            await store.ClaimAsync(TestReceiver.CreateClaim(), Token)
        );

        Assert.Contains("40001", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_transaction_of_a_handler_the_message_says_what_to_retry()
    {
        var source = new ConflictingSource(_database.Path, "40001");
        var store = new DbWebhookClaimStore(source);
        await store.EnsureCreatedAsync(Token);
        await store.ClaimAsync(TestReceiver.CreateClaim(), Token);
        await using var connection = await source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        source.Conflicts = 1;

        var exception = await Assert.ThrowsAsync<WebhookClaimStoreException>(async () =>
            await store.CompleteAsync(TestReceiver.CreateClaim(), transaction, Token)
        );

        Assert.Contains("first statement of the transaction", exception.Message, StringComparison.Ordinal);
        Assert.Equal("40001", Assert.IsAssignableFrom<DbException>(exception.InnerException).SqlState);
    }

    /// <summary>A SQLite database whose next changes fail with an SQLSTATE.</summary>
    private sealed class ConflictingSource(string path, string sqlState) : DbDataSource
    {
        public int Conflicts { get; set; }

        public override string ConnectionString { get; } =
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();

        public void ThrowIfConflict()
        {
            if (Conflicts > 0)
            {
                Conflicts--;
                throw new ConflictException(sqlState);
            }
        }

        protected override DbConnection CreateDbConnection() => new ConflictingConnection(this);
    }

    private sealed class ConflictingConnection(ConflictingSource source) : SqliteConnection(source.ConnectionString)
    {
        public override SqliteCommand CreateCommand() => new ConflictingCommand(source) { Connection = this, Transaction = Transaction };
    }

    private sealed class ConflictingCommand(ConflictingSource source) : SqliteCommand
    {
        public override int ExecuteNonQuery()
        {
            source.ThrowIfConflict();
            return base.ExecuteNonQuery();
        }
    }

    private sealed class ConflictException(string sqlState) : DbException("could not serialize access due to concurrent update")
    {
        public override string SqlState => sqlState;
    }
}
