using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests;

/// <summary>The whole suite against a real server, on the server's own clock.</summary>
public sealed class RedisConformanceTests(RedisConformanceTests.SharedServer shared) : IClassFixture<RedisConformanceTests.SharedServer>
{
    public static TheoryData<string> Checks => [.. WebhookDeliveryLogConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task The_log_in_Redis_keeps_its_promises(string check)
    {
        await using var subject = new Subject(await shared.ServerAsync());

        await WebhookDeliveryLogConformance.Find(check).RunAsync(subject, TestContext.Current.CancellationToken);
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
    private sealed class Subject(RedisServer server) : WebhookDeliveryLogSubject, IAsyncDisposable
    {
        private readonly List<ConnectionMultiplexer> _connections = [];

        public override TimeSpan ShortTime => TimeSpan.FromMilliseconds(300);

        public override TimeSpan CallLimit => TimeSpan.FromSeconds(30);

        public override async ValueTask<IWebhookDeliveryLog> OpenAsync(CancellationToken cancellationToken)
        {
            var connection = await server.ConnectAsync();
            _connections.Add(connection);
            return new RedisWebhookDeliveryLog(connection, new RedisWebhookDeliveryLogOptions { CallTimeout = TimeSpan.FromSeconds(30) });
        }

        // Measured by the server: a key of that life, and everything that was set before it has expired when it has.
        public override async ValueTask LetPassAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            var database = _connections[0].GetDatabase();
            var marker = $"passing:{Guid.NewGuid():N}";
            await database.StringSetAsync(marker, "", time + TimeSpan.FromMilliseconds(2));
            await Eventually.UntilAsync(async () => !await database.KeyExistsAsync(marker), "Time does not pass on the server.");
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
