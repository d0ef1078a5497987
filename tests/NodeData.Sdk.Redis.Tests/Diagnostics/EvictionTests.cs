using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Sdk.Redis.Diagnostics;
using NodeData.Sdk.Redis.Tests.Doubles;

namespace NodeData.Sdk.Redis.Tests.Diagnostics;

/// <summary>What the log says at start about a server that may evict.</summary>
public sealed class EvictionTests
{
    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task A_server_that_may_evict_is_warned_of(string policy)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "100mb", "--maxmemory-policy", policy);

        var record = await FirstRecordAsync(server);

        Assert.Equal((LogLevel.Warning, 201), (record.Level, record.Id.Id));
        Assert.Contains(policy, record.Message, StringComparison.Ordinal);
        Assert.Contains("noeviction", record.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100mb", "noeviction")]
    [InlineData("0", "allkeys-lru")]
    public async Task A_server_that_never_evicts_is_not(string maxMemory, string policy)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", maxMemory, "--maxmemory-policy", policy);

        await using var connection = await server.ConnectAsync();
        var log = new FakeLogger();

        await EvictionWatch.LookAsync(connection.GetServers().Single(), log);

        Assert.Empty(log.Collector.GetSnapshot());
    }

    [Fact]
    public async Task Where_asking_is_not_allowed_a_debug_line_says_so()
    {
        await using var server = await RedisServer.StartAsync("--user", "default", "on", "nopass", "~*", "&*", "+@all", "-info");

        var record = await FirstRecordAsync(server);

        Assert.Equal((LogLevel.Debug, 202), (record.Level, record.Id.Id));
    }

    [Fact]
    public async Task A_server_that_was_away_at_start_is_looked_at_when_it_is_there()
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
        await server.KillAsync();
        await using var hosts = HostsOn(server, ",connectTimeout=500");
        await hosts.StartAsync();
        Assert.DoesNotContain(hosts.Records, record => record.Id.Id == 201);

        await server.StartAgainAsync();

        await Eventually.UntilAsync(() => hosts.Records.Any(record => record.Id.Id == 201), "No warning came.");
    }

    private static Hosts HostsOn(RedisServer server, string settings = "") =>
        new([], services => services.AddNodeDataRedisClaimStore(options => options.ConnectionString = server.Address + settings));

    private static async Task<FakeLogRecord> FirstRecordAsync(RedisServer server)
    {
        await using var hosts = HostsOn(server);
        await hosts.StartAsync();
        await Eventually.UntilAsync(() => RecordIn(hosts) is not null, "Nothing was said about eviction.");
        return RecordIn(hosts)!;
    }

    private static FakeLogRecord? RecordIn(Hosts hosts) => hosts.Records.FirstOrDefault(record => record.Id.Id is 201 or 202);
}
