using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

public sealed class DbWebhookClaimStoreTests : IDisposable
{
    private readonly DatabaseFile _database = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task EnsureCreated_creates_the_table_once()
    {
        var store = CreateStore();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateStore().EnsureCreatedAsync(Token)));
        await store.ClaimAsync(CreateClaim("evt_1"), Token);

        await store.EnsureCreatedAsync(Token);

        Assert.Equal(1, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims"));
        Assert.Equal(1, _database.QueryNumber("SELECT COUNT(*) FROM sqlite_master WHERE name = 'webhook_claims_expires'"));
    }

    [Fact]
    public async Task A_completion_is_visible_to_other_stores()
    {
        await CreateTableAsync();
        await CreateStore().ClaimAsync(CreateClaim("evt_1"), Token);
        await CreateStore().CompleteAsync(CreateClaim("evt_1"), Token);

        Assert.Equal(WebhookClaimResult.Completed, await CreateStore().ClaimAsync(CreateClaim("evt_1", owner: "another"), Token));
    }

    [Fact]
    public async Task A_row_contains_the_claim_key_as_text()
    {
        await CreateTableAsync();
        await CreateStore().ClaimAsync(CreateClaim("evt_1"), Token);

        Assert.Equal(1, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims WHERE claim_key = 'receiver:evt_1:handler'"));
    }

    [Fact]
    public async Task Expired_rows_are_removed_by_a_claim_once_an_hour()
    {
        await CreateTableAsync();
        var store = CreateStore();
        await store.ClaimAsync(CreateClaim("evt_1", retention: TimeSpan.FromMinutes(10)), Token);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await store.ClaimAsync(CreateClaim("evt_2"), Token);
        Assert.Equal(2, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims"));

        _clock.Advance(TimeSpan.FromMinutes(30));
        await store.ClaimAsync(CreateClaim("evt_3"), Token);

        Assert.Equal(2, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims"));
        Assert.Equal(0, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims WHERE claim_key LIKE '%evt_1%'"));
    }

    [Fact]
    public async Task Many_expired_rows_are_removed_in_batches_by_each_claim()
    {
        await CreateTableAsync();
        var store = CreateStore();
        foreach (var minutes in new[] { 10, 20, 30 })
        {
            await store.ClaimAsync(CreateClaim($"evt_{minutes}", retention: TimeSpan.FromMinutes(minutes)), Token);
        }

        _clock.Advance(TimeSpan.FromHours(1));
        foreach (var remaining in new[] { 3, 2, 1, 1 })
        {
            await store.ClaimAsync(CreateClaim("evt_new"), Token);
            Assert.Equal(remaining, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims"));
        }
    }

    [Fact]
    public async Task RemoveExpired_removes_expired_rows_at_any_time()
    {
        await CreateTableAsync();
        await CreateStore().ClaimAsync(CreateClaim("evt_1", retention: TimeSpan.FromMinutes(10)), Token);
        await CreateStore().ClaimAsync(CreateClaim("evt_2"), Token);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(1, await CreateStore().RemoveExpiredAsync(Token));
        Assert.Equal(0, await CreateStore().RemoveExpiredAsync(Token));
    }

    [Fact]
    public async Task A_missing_table_is_reported_with_a_remedy()
    {
        var exception = await Assert.ThrowsAsync<WebhookClaimStoreException>(() =>
            CreateStore("missing").ClaimAsync(CreateClaim("evt_1"), Token).AsTask()
        );

        Assert.Contains("(table missing)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("EnsureCreatedAsync", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_on_a_locked_database_is_canceled_by_its_token()
    {
        await CreateTableAsync();
        var store = CreateStore(timeout: TimeSpan.FromHours(1));
        await store.ClaimAsync(CreateClaim("evt_1"), Token);
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = store.CompleteAsync(CreateClaim("evt_1"), cancellation.Token).AsTask();
        Assert.False(call.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Poll.Timeout, Token));
    }

    [Fact]
    public async Task A_call_on_a_locked_database_times_out_and_succeeds_once_it_is_unlocked()
    {
        await CreateTableAsync();
        var store = CreateStore(timeout: TimeSpan.FromSeconds(1));
        await store.ClaimAsync(CreateClaim("evt_1"), Token);
        await using (var connection = await _database.Source.OpenConnectionAsync(Token))
        await using (await connection.BeginTransactionAsync(Token))
        {
            await Assert.ThrowsAsync<WebhookClaimStoreException>(() => store.RenewAsync(CreateClaim("evt_1"), Token).AsTask());
        }

        Assert.True(await store.RenewAsync(CreateClaim("evt_1"), Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("a\n")]
    [InlineData("\"a\"")]
    [InlineData("a.b.c")]
    [InlineData("a.")]
    [InlineData("tablé")]
    public void An_unsafe_table_name_is_rejected(string name)
    {
        var exception = Assert.Throws<NodeDataConfigurationException>(() => CreateStore(name));

        Assert.Contains("DbWebhookClaimStoreOptions.TableName", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3601)]
    public void A_timeout_out_of_range_is_rejected(int seconds) =>
        Assert.Throws<NodeDataConfigurationException>(() =>
            new DbWebhookClaimStore(_database.Source, new() { CommandTimeout = TimeSpan.FromSeconds(seconds) })
        );

    private static WebhookClaim CreateClaim(string eventId, string owner = "owner", TimeSpan? retention = null) =>
        new(new("receiver", eventId, "handler"), owner, TimeSpan.FromMinutes(5), retention ?? TimeSpan.FromDays(7));

    private Task CreateTableAsync() => CreateStore().EnsureCreatedAsync(Token);

    private DbWebhookClaimStore CreateStore(string table = "webhook_claims", TimeSpan? timeout = null) =>
        new(
            _database.CreateSource(),
            new()
            {
                TableName = table,
                TimeProvider = _clock,
                CommandTimeout = timeout ?? TimeSpan.FromMinutes(5),
            }
        );
}
