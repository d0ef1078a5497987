using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Webhooks.Receiving.Database;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;

/// <summary>Tests a receiver with every fault of every call of its claim store: no event is lost.</summary>
public sealed class StoreFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_event_is_lost_in_memory()
    {
        var clock = new FakeTimeProvider();
        var store = new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = clock });

        await RunAllAsync(store, clock);
    }

    [Fact]
    public async Task No_event_is_lost_in_a_database()
    {
        using var database = new DatabaseFile();
        var clock = new FakeTimeProvider();
        var store = new DbWebhookClaimStore(
            database.Source,
            new DbWebhookClaimStoreOptions { TimeProvider = clock, CommandTimeout = TimeSpan.FromMinutes(5) }
        );
        await store.EnsureCreatedAsync(Token);

        await RunAllAsync(store, clock);
    }

    private async Task RunAllAsync(IWebhookClaimStore store, FakeTimeProvider clock)
    {
        foreach (var fault in StoreFault.All)
        {
            output.WriteLine($"{fault}");
            await new StoreFaultScenario(store, clock, AdvanceAsync, Lease, fault).RunAsync(Token);
        }

        output.WriteLine($"{StoreFault.All.Count} faults, no event lost.");
        Assert.Equal(48, StoreFault.All.Count);

        async Task AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            clock.Advance(duration);
            await Task.Yield();
        }
    }
}
