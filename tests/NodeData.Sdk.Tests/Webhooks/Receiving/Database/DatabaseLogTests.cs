using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

public sealed class DatabaseLogTests : IDisposable
{
    private readonly DatabaseFile _database = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_table_is_made_once_and_left_as_it_is_afterwards()
    {
        var log = Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Open().EnsureCreatedAsync(Token)));
        await log.ClaimAsync(Claim("evt_1"), Token);

        await log.EnsureCreatedAsync(Token);

        Assert.Equal(1, _database.Number("SELECT COUNT(*) FROM webhook_deliveries"));
        Assert.Equal(1, _database.Number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'webhook_deliveries_expires'"));
    }

    [Fact]
    public async Task What_is_known_outlives_the_process()
    {
        await CreateAsync();
        await Open().ClaimAsync(Claim("evt_1"), Token);
        await Open().CompleteAsync(Claim("evt_1"), Token);

        Assert.Equal(WebhookClaimResult.Completed, await Open().ClaimAsync(Claim("evt_1", owner: "another"), Token));
    }

    [Fact]
    public async Task A_row_tells_people_what_it_is_about()
    {
        await CreateAsync();
        await Open().ClaimAsync(Claim("evt_1"), Token);

        Assert.Equal(1, _database.Number("SELECT COUNT(*) FROM webhook_deliveries WHERE delivery = 'receiver:evt_1:handler'"));
    }

    [Fact]
    public async Task Rows_past_their_retention_are_removed_by_a_claim_once_an_hour()
    {
        await CreateAsync();
        var log = Open();
        await log.ClaimAsync(Claim("evt_1", retention: TimeSpan.FromMinutes(10)), Token);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await log.ClaimAsync(Claim("evt_2"), Token);
        Assert.Equal(2, _database.Number("SELECT COUNT(*) FROM webhook_deliveries"));

        _clock.Advance(TimeSpan.FromMinutes(30));
        await log.ClaimAsync(Claim("evt_3"), Token);

        Assert.Equal(2, _database.Number("SELECT COUNT(*) FROM webhook_deliveries"));
        Assert.Equal(0, _database.Number("SELECT COUNT(*) FROM webhook_deliveries WHERE delivery LIKE '%evt_1%'"));
    }

    [Fact]
    public async Task Many_rows_are_removed_a_portion_with_each_claim()
    {
        await CreateAsync();
        var log = Open();
        foreach (var minutes in new[] { 10, 20, 30 })
        {
            await log.ClaimAsync(Claim($"evt_{minutes}", retention: TimeSpan.FromMinutes(minutes)), Token);
        }

        _clock.Advance(TimeSpan.FromHours(1));
        foreach (var left in new[] { 3, 2, 1, 1 })
        {
            await log.ClaimAsync(Claim("evt_new"), Token);
            Assert.Equal(left, _database.Number("SELECT COUNT(*) FROM webhook_deliveries"));
        }
    }

    [Fact]
    public async Task Rows_past_their_retention_can_be_removed_at_any_time()
    {
        await CreateAsync();
        await Open().ClaimAsync(Claim("evt_1", retention: TimeSpan.FromMinutes(10)), Token);
        await Open().ClaimAsync(Claim("evt_2"), Token);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(1, await Open().RemoveExpiredAsync(Token));
        Assert.Equal(0, await Open().RemoveExpiredAsync(Token));
    }

    [Fact]
    public async Task A_missing_table_is_named_with_its_cure()
    {
        var failure = await Assert.ThrowsAsync<WebhookClaimStoreException>(() =>
            Open("missing").ClaimAsync(Claim("evt_1"), Token).AsTask()
        );

        Assert.Contains("the table missing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("EnsureCreatedAsync", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_on_a_locked_database_ends_by_its_token()
    {
        await CreateAsync();
        var log = Open(timeout: TimeSpan.FromHours(1));
        await log.ClaimAsync(Claim("evt_1"), Token);
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = log.CompleteAsync(Claim("evt_1"), patience.Token).AsTask();
        Assert.False(call.IsCompleted);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Bounded.Limit, Token));
    }

    [Fact]
    public async Task A_call_on_a_locked_database_fails_after_its_time_out_and_works_when_it_is_free()
    {
        await CreateAsync();
        var log = Open(timeout: TimeSpan.FromSeconds(1));
        await log.ClaimAsync(Claim("evt_1"), Token);
        await using (var connection = await _database.Source.OpenConnectionAsync(Token))
        await using (await connection.BeginTransactionAsync(Token))
        {
            await Assert.ThrowsAsync<WebhookClaimStoreException>(() => log.RenewAsync(Claim("evt_1"), Token).AsTask());
        }

        Assert.True(await log.RenewAsync(Claim("evt_1"), Token));
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
    public void A_name_that_could_be_more_than_a_name_is_refused(string name)
    {
        var failure = Assert.Throws<NodeDataConfigurationException>(() => Open(name));

        Assert.Contains("DbWebhookClaimStoreOptions.TableName", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3601)]
    public void A_time_out_out_of_its_range_is_refused(int seconds) =>
        Assert.Throws<NodeDataConfigurationException>(() =>
            new DbWebhookClaimStore(_database.Source, new() { CommandTimeout = TimeSpan.FromSeconds(seconds) })
        );

    private static WebhookClaim Claim(string eventId, string owner = "owner", TimeSpan? retention = null) =>
        new(new("receiver", eventId, "handler"), owner, TimeSpan.FromMinutes(5), retention ?? TimeSpan.FromDays(7));

    private Task CreateAsync() => Open().EnsureCreatedAsync(Token);

    private DbWebhookClaimStore Open(string table = "webhook_deliveries", TimeSpan? timeout = null) =>
        new(
            _database.NewSource(),
            new()
            {
                TableName = table,
                TimeProvider = _clock,
                CommandTimeout = timeout ?? TimeSpan.FromMinutes(5),
            }
        );
}
