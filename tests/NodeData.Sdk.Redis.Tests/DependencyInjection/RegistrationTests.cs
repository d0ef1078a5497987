using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    private const string ConnectionString = "NodeData:Webhooks:Redis:ConnectionString";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_prefix_and_timeout_come_from_the_configuration()
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = new TestHost(
            new()
            {
                [ConnectionString] = server.Address,
                ["NodeData:Webhooks:Redis:KeyPrefix"] = "shop:",
                ["NodeData:Webhooks:Redis:CallTimeout"] = "00:00:50",
            },
            services => services.AddNodeDataRedisClaimStore()
        );
        await host.StartAsync();

        Assert.Equal(WebhookClaimResult.Claimed(1), await host.Store.ClaimAsync(Claims.Create("evt_1"), Token));

        await using var connection = await server.ConnectAsync();
        Assert.True(await connection.GetDatabase().KeyExistsAsync("shop:{orders:evt_1:handler}:lease"));
        Assert.Equal(
            TimeSpan.FromSeconds(50),
            host.Host.Services.GetRequiredService<IOptions<RedisWebhookClaimStoreOptions>>().Value.CallTimeout
        );
    }

    [Fact]
    public async Task Code_overrides_the_configuration()
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = new TestHost(
            new() { ["NodeData:Webhooks:Redis:KeyPrefix"] = "other:" },
            services =>
                services
                    .AddNodeDataRedisClaimStore(options => options.KeyPrefix = "shop:")
                    .AddNodeDataRedisClaimStore(options => options.Connection = server.CreateOptions())
        );
        await host.StartAsync();

        await host.Store.ClaimAsync(Claims.Create("evt_1"), Token);

        await using var connection = await server.ConnectAsync();
        Assert.True(await connection.GetDatabase().KeyExistsAsync("shop:{orders:evt_1:handler}:lease"));
        Assert.Single(host.Host.Services.GetServices<IWebhookClaimStore>());
    }

    [Fact]
    public async Task The_connection_of_the_container_is_used_and_not_disposed()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        await using (
            var host = new TestHost([], services => services.AddSingleton<IConnectionMultiplexer>(connection).AddNodeDataRedisClaimStore())
        )
        {
            await host.StartAsync();
            await host.Store.ClaimAsync(Claims.Create("evt_1"), Token);
        }

        Assert.True(await connection.GetDatabase().KeyExistsAsync("nodedata:webhooks:{orders:evt_1:handler}:lease"));
    }

    [Fact]
    public async Task A_connection_opened_by_the_store_is_disposed_with_the_host()
    {
        await using var server = await RedisServer.StartAsync();
        await using var watcher = await server.ConnectAsync();
        await using (
            var host = new TestHost(
                [],
                services => services.AddNodeDataRedisClaimStore(options => options.ConnectionString = $"{server.Address},name=receiver")
            )
        )
        {
            await host.StartAsync();
            await host.Store.ClaimAsync(Claims.Create("evt_1"), Token);
            Assert.True(await IsConnectedAsync(watcher));
        }

        await Eventually.WaitUntilAsync(async () => !await IsConnectedAsync(watcher), "The connection was not closed with its host.");
    }

    [Fact]
    public async Task A_missing_server_fails_at_startup_and_names_the_setting()
    {
        await using var host = new TestHost([], services => services.AddNodeDataRedisClaimStore());

        var exception = await Assert.ThrowsAsync<NodeDataConfigurationException>(host.StartAsync);

        Assert.Contains(ConnectionString, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_invalid_option_is_reported_at_startup()
    {
        await using var host = new TestHost(
            new()
            {
                [ConnectionString] = "localhost",
                ["NodeData:Webhooks:Redis:KeyPrefix"] = "a{b}",
                ["NodeData:Webhooks:Redis:CallTimeout"] = "2",
            },
            services => services.AddNodeDataRedisClaimStore(options => options.Connection = new ConfigurationOptions())
        );

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        Assert.Contains("NodeData:Webhooks:Redis:CallTimeout is not a time", exception.Message, StringComparison.Ordinal);
        Assert.Contains("KeyPrefix", exception.Message, StringComparison.Ordinal);
        Assert.Contains("both a ConnectionString and a Connection", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_starts_while_Redis_is_unreachable_and_recovers()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var host = new TestHost(
            [],
            services => services.AddNodeDataRedisClaimStore(options => options.ConnectionString = $"{server.Address},connectTimeout=500")
        );

        await host.StartAsync();

        Assert.Contains(
            host.LogRecords,
            record => record.Level == LogLevel.Warning && record.Message.StartsWith("Redis was unavailable", StringComparison.Ordinal)
        );
        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => host.Store.ClaimAsync(Claims.Create("evt_1"), Token).AsTask());
        await server.RestartAsync();
        Assert.Equal(
            WebhookClaimResult.Claimed(1),
            await Eventually.RetryAsync(() => host.Store.ClaimAsync(Claims.Create("evt_1"), Token))
        );
    }

    private static async Task<bool> IsConnectedAsync(ConnectionMultiplexer watcher) =>
        ((string?)await watcher.GetServers().Single().ExecuteAsync("CLIENT", "LIST"))!.Contains("name=receiver", StringComparison.Ordinal);
}
