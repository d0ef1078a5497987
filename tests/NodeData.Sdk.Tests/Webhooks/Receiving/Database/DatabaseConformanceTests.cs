using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

public sealed class DatabaseConformanceTests
{
    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task The_log_in_a_database_keeps_its_promises(string check)
    {
        using var database = new DatabaseFile();

        await WebhookClaimStoreConformance.Find(check).RunAsync(new Subject(database), TestContext.Current.CancellationToken);
    }

    /// <summary>Each log with connections of its own, and all on one clock.</summary>
    private sealed class Subject(DatabaseFile database) : WebhookClaimStoreFixture
    {
        private readonly FakeTimeProvider _clock = new();

        // A busy SQLite database is asked again every 150 ms, so of many writers at once some wait long.
        public override TimeSpan CallTimeout => TimeSpan.FromMinutes(10);

        public override async ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken)
        {
            var log = new DbWebhookClaimStore(
                database.NewSource(),
                new DbWebhookClaimStoreOptions { TimeProvider = _clock, CommandTimeout = TimeSpan.FromMinutes(5) }
            );
            await log.EnsureCreatedAsync(cancellationToken);
            return log;
        }

        public override ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            _clock.Advance(time);
            return ValueTask.CompletedTask;
        }
    }
}
