using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests;

/// <summary>Runs the conformance suite against a real server and advances its time, so that no check depends on the speed of the machine.</summary>
public sealed class RedisConformanceTests(RedisConformanceTests.SharedServer shared) : IClassFixture<RedisConformanceTests.SharedServer>
{
    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task The_Redis_store_passes_the_check(string check)
    {
        await using var fixture = new StoreFixture(await shared.GetServerAsync());

        await WebhookClaimStoreConformance.GetCheck(check).RunAsync(fixture, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_lease_expires_by_the_clock_of_the_server()
    {
        await using var connection = await (await shared.GetServerAsync()).ConnectAsync();
        var store = ClaimStores.CreateWithLongTimeout(connection);
        var shortLived = new WebhookClaim(
            new("orders", "evt_brief", "handler"),
            "owner",
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromDays(7)
        );
        Assert.Equal(WebhookClaimResult.Claimed(1), await store.ClaimAsync(shortLived, TestContext.Current.CancellationToken));

        await Eventually.WaitUntilAsync(
            async () => !await store.RenewAsync(Repeat(TimeSpan.FromMilliseconds(1)), CancellationToken.None),
            "The lease did not expire."
        );

        Assert.Equal(
            WebhookClaimResult.Claimed(2),
            await store.ClaimAsync(Repeat(TimeSpan.FromDays(1)), TestContext.Current.CancellationToken)
        );

        WebhookClaim Repeat(TimeSpan lease) => new(shortLived.Key, shortLived.OwnerToken, lease, shortLived.Retention);
    }

    /// <summary>One server for all checks. The first check starts it, so that a missing redis-server skips tests instead of failing the class.</summary>
    public sealed class SharedServer : IAsyncDisposable
    {
        private RedisServer? _server;

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }

        internal async Task<RedisServer> GetServerAsync() => _server ??= await RedisServer.StartAsync();
    }

    /// <summary>Opens each claim store with its own connection.</summary>
    private sealed class StoreFixture(RedisServer server) : WebhookClaimStoreFixture, IAsyncDisposable
    {
        private readonly List<ConnectionMultiplexer> _connections = [];
        private readonly string _prefix = $"{Guid.NewGuid():N}:";

        public override TimeSpan CallTimeout => TimeSpan.FromMinutes(2);

        public override async ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken)
        {
            var connection = await server.ConnectAsync();
            _connections.Add(connection);
            return ClaimStores.CreateWithLongTimeout(connection, _prefix);
        }

        public override ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken) =>
            new(ServerTime.AdvanceAsync(_connections[0].GetDatabase(), _prefix, time));

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
