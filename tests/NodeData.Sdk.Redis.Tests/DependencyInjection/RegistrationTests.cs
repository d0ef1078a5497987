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
    public async Task The_configuration_names_the_server_the_prefix_and_the_time_out()
    {
        await using var server = await RedisServer.StartAsync();
        await using var hosts = new Hosts(
            new()
            {
                [ConnectionString] = server.Address,
                ["NodeData:Webhooks:Redis:KeyPrefix"] = "shop:",
                ["NodeData:Webhooks:Redis:CallTimeout"] = "00:00:50",
            },
            services => services.AddNodeDataRedisClaimStore()
        );
        await hosts.StartAsync();

        Assert.Equal(WebhookClaimResult.Claimed(1), await hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token));

        await using var connection = await server.ConnectAsync();
        Assert.True(await connection.GetDatabase().KeyExistsAsync("shop:{orders:evt_1:handler}:lease"));
        Assert.Equal(
            TimeSpan.FromSeconds(50),
            hosts.Host.Services.GetRequiredService<IOptions<RedisWebhookClaimStoreOptions>>().Value.CallTimeout
        );
    }

    [Fact]
    public async Task The_code_beats_the_configuration()
    {
        await using var server = await RedisServer.StartAsync();
        await using var hosts = new Hosts(
            new() { ["NodeData:Webhooks:Redis:KeyPrefix"] = "other:" },
            services =>
                services
                    .AddNodeDataRedisClaimStore(options => options.KeyPrefix = "shop:")
                    .AddNodeDataRedisClaimStore(options => options.Connection = server.Settings())
        );
        await hosts.StartAsync();

        await hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token);

        await using var connection = await server.ConnectAsync();
        Assert.True(await connection.GetDatabase().KeyExistsAsync("shop:{orders:evt_1:handler}:lease"));
        Assert.Single(hosts.Host.Services.GetServices<IWebhookClaimStore>());
    }

    [Fact]
    public async Task The_connection_in_the_container_is_used_and_stays_open()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        await using (
            var hosts = new Hosts([], services => services.AddSingleton<IConnectionMultiplexer>(connection).AddNodeDataRedisClaimStore())
        )
        {
            await hosts.StartAsync();
            await hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token);
        }

        Assert.True(await connection.GetDatabase().KeyExistsAsync("nodedata:webhooks:{orders:evt_1:handler}:lease"));
    }

    [Fact]
    public async Task Its_own_connection_goes_with_the_host()
    {
        await using var server = await RedisServer.StartAsync();
        await using var watcher = await server.ConnectAsync();
        await using (
            var hosts = new Hosts(
                [],
                services => services.AddNodeDataRedisClaimStore(options => options.ConnectionString = $"{server.Address},name=receiver")
            )
        )
        {
            await hosts.StartAsync();
            await hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token);
            Assert.True(await IsConnectedAsync(watcher));
        }

        await Eventually.UntilAsync(async () => !await IsConnectedAsync(watcher), "The connection outlived its host.");
    }

    [Fact]
    public async Task Without_a_server_the_host_does_not_start_and_says_why()
    {
        await using var hosts = new Hosts([], services => services.AddNodeDataRedisClaimStore());

        var failure = await Assert.ThrowsAsync<NodeDataConfigurationException>(hosts.StartAsync);

        Assert.Contains(ConnectionString, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_is_named_when_the_host_starts()
    {
        await using var hosts = new Hosts(
            new()
            {
                [ConnectionString] = "localhost",
                ["NodeData:Webhooks:Redis:KeyPrefix"] = "a{b}",
                ["NodeData:Webhooks:Redis:CallTimeout"] = "2",
            },
            services => services.AddNodeDataRedisClaimStore(options => options.Connection = new ConfigurationOptions())
        );

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(hosts.StartAsync);

        Assert.Contains("NodeData:Webhooks:Redis:CallTimeout is not a time", failure.Message, StringComparison.Ordinal);
        Assert.Contains("KeyPrefix", failure.Message, StringComparison.Ordinal);
        Assert.Contains("both a ConnectionString and a Connection", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_starts_while_Redis_is_away_and_works_when_it_is_there()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var hosts = new Hosts(
            [],
            services => services.AddNodeDataRedisClaimStore(options => options.ConnectionString = $"{server.Address},connectTimeout=500")
        );

        await hosts.StartAsync();

        Assert.Contains(
            hosts.Records,
            record => record.Level == LogLevel.Warning && record.Message.StartsWith("Redis was away", StringComparison.Ordinal)
        );
        await Assert.ThrowsAsync<WebhookClaimStoreException>(() => hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token).AsTask());
        await server.StartAgainAsync();
        Assert.Equal(WebhookClaimResult.Claimed(1), await Eventually.AnswerAsync(() => hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token)));
    }

    private static async Task<bool> IsConnectedAsync(ConnectionMultiplexer watcher) =>
        ((string?)await watcher.GetServers().Single().ExecuteAsync("CLIENT", "LIST"))!.Contains("name=receiver", StringComparison.Ordinal);
}
