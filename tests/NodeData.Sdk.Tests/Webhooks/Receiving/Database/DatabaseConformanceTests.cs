using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

public sealed class DatabaseConformanceTests
{
    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task The_database_store_passes_the_check(string check)
    {
        using var database = new DatabaseFile();

        await WebhookClaimStoreConformance.GetCheck(check).RunAsync(new StoreFixture(database), TestContext.Current.CancellationToken);
    }

    /// <summary>Opens claim stores with separate connections and one clock.</summary>
    private sealed class StoreFixture(DatabaseFile database) : WebhookClaimStoreFixture
    {
        private readonly FakeTimeProvider _clock = new();

        // Microsoft.Data.Sqlite retries a busy database every 150 ms, so that some of many concurrent writers wait long.
        public override TimeSpan CallTimeout => TimeSpan.FromMinutes(10);

        public override async ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken)
        {
            var store = new DbWebhookClaimStore(
                database.CreateSource(),
                new DbWebhookClaimStoreOptions { TimeProvider = _clock, CommandTimeout = TimeSpan.FromMinutes(5) }
            );
            await store.EnsureCreatedAsync(cancellationToken);
            return store;
        }

        public override ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            _clock.Advance(time);
            return ValueTask.CompletedTask;
        }
    }
}
