using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Sdk.Redis.Diagnostics;
using NodeData.Sdk.Redis.Tests.Doubles;

namespace NodeData.Sdk.Redis.Tests.Diagnostics;

/// <summary>Tests of the log messages about a server that may evict keys.</summary>
public sealed class EvictionTests
{
    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task A_server_that_may_evict_keys_logs_a_warning(string policy)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "100mb", "--maxmemory-policy", policy);

        var record = await GetFirstRecordAsync(server);

        Assert.Equal((LogLevel.Warning, 201), (record.Level, record.Id.Id));
        Assert.Contains(policy, record.Message, StringComparison.Ordinal);
        Assert.Contains("noeviction", record.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100mb", "noeviction")]
    [InlineData("0", "allkeys-lru")]
    public async Task A_server_that_never_evicts_keys_logs_nothing(string maxMemory, string policy)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", maxMemory, "--maxmemory-policy", policy);

        await using var connection = await server.ConnectAsync();
        var logger = new FakeLogger();

        await EvictionMonitor.CheckAsync(connection.GetServers().Single(), logger);

        Assert.Empty(logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task A_denied_INFO_command_is_logged_at_debug_level()
    {
        await using var server = await RedisServer.StartAsync("--user", "default", "on", "nopass", "~*", "&*", "+@all", "-info");

        var record = await GetFirstRecordAsync(server);

        Assert.Equal((LogLevel.Debug, 202), (record.Level, record.Id.Id));
    }

    [Fact]
    public async Task The_eviction_policy_is_checked_once_the_server_is_reachable()
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
        await server.KillAsync();
        await using var host = CreateHost(server, ",connectTimeout=500");
        await host.StartAsync();
        Assert.DoesNotContain(host.LogRecords, record => record.Id.Id == 201);

        await server.RestartAsync();

        await Eventually.WaitUntilAsync(() => host.LogRecords.Any(record => record.Id.Id == 201), "No warning was logged.");
    }

    private static TestHost CreateHost(RedisServer server, string settings = "") =>
        new([], services => services.AddNodeDataRedisClaimStore(options => options.ConnectionString = server.Address + settings));

    private static async Task<FakeLogRecord> GetFirstRecordAsync(RedisServer server)
    {
        await using var host = CreateHost(server);
        await host.StartAsync();
        await Eventually.WaitUntilAsync(() => FindRecord(host) is not null, "No message about eviction was logged.");
        return FindRecord(host)!;
    }

    private static FakeLogRecord? FindRecord(TestHost host) => host.LogRecords.FirstOrDefault(record => record.Id.Id is 201 or 202);
}
