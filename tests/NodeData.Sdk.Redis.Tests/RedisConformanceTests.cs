using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests;

/// <summary>The whole suite against a real server. Time is let pass on the server, so that no check depends on how fast the machine is.</summary>
public sealed class RedisConformanceTests(RedisConformanceTests.SharedServer shared) : IClassFixture<RedisConformanceTests.SharedServer>
{
    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task The_log_in_Redis_keeps_its_promises(string check)
    {
        await using var subject = new Subject(await shared.ServerAsync());

        await WebhookClaimStoreConformance.Find(check).RunAsync(subject, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_lease_ends_by_the_servers_own_clock()
    {
        await using var connection = await (await shared.ServerAsync()).ConnectAsync();
        var log = PatientLog.Over(connection);
        var brief = new WebhookClaim(new("orders", "evt_brief", "handler"), "owner", TimeSpan.FromMilliseconds(50), TimeSpan.FromDays(7));
        Assert.Equal(WebhookClaimResult.Claimed(1), await log.ClaimAsync(brief, TestContext.Current.CancellationToken));

        await Eventually.UntilAsync(
            async () => !await log.RenewAsync(Again(TimeSpan.FromMilliseconds(1)), CancellationToken.None),
            "The lease did not end."
        );

        Assert.Equal(
            WebhookClaimResult.Claimed(2),
            await log.ClaimAsync(Again(TimeSpan.FromDays(1)), TestContext.Current.CancellationToken)
        );

        WebhookClaim Again(TimeSpan lease) => new(brief.Key, brief.OwnerToken, lease, brief.Retention);
    }

    /// <summary>One server for all checks; started by the first, so that a missing redis-server skips tests instead of failing the class.</summary>
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

        internal async Task<RedisServer> ServerAsync() => _server ??= await RedisServer.StartAsync();
    }

    /// <summary>Each log with a connection of its own.</summary>
    private sealed class Subject(RedisServer server) : WebhookClaimStoreFixture, IAsyncDisposable
    {
        private readonly List<ConnectionMultiplexer> _connections = [];
        private readonly string _prefix = $"{Guid.NewGuid():N}:";

        public override TimeSpan CallTimeout => TimeSpan.FromMinutes(2);

        public override async ValueTask<IWebhookClaimStore> OpenAsync(CancellationToken cancellationToken)
        {
            var connection = await server.ConnectAsync();
            _connections.Add(connection);
            return PatientLog.Over(connection, _prefix);
        }

        public override ValueTask AdvanceTimeAsync(TimeSpan time, CancellationToken cancellationToken) =>
            new(ServerTime.LetPassAsync(_connections[0].GetDatabase(), _prefix, time));

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
