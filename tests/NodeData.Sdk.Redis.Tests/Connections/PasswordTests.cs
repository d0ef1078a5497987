using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Connections;

/// <summary>The password opens the server and is shown nowhere.</summary>
public sealed class PasswordTests
{
    private const string Right = "correct-horse-battery-staple";
    private const string Wrong = "incorrect-horse-battery";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_password_opens_the_server_and_the_log_does_not_show_it()
    {
        await using var server = await RedisServer.StartAsync("--requirepass", Right);
        await using var hosts = HostsWith($"{server.Address},password={Right}");
        await hosts.StartAsync();

        Assert.Equal(WebhookClaimResult.Claimed(1), await hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token));

        await server.KillAsync();
        var failure = await Assert.ThrowsAsync<WebhookClaimStoreException>(() => hosts.Log.ClaimAsync(Claims.Of("evt_2"), Token).AsTask());
        ShowsNothing(Right, failure, hosts);
    }

    [Theory]
    [InlineData(",password=" + Wrong)]
    [InlineData("")]
    public async Task Without_the_right_password_calls_fail_and_nothing_shows_it(string password)
    {
        await using var server = await RedisServer.StartAsync("--requirepass", Right);
        await using var hosts = HostsWith($"{server.Address}{password},connectTimeout=500");
        await hosts.StartAsync();

        var failure = await Assert.ThrowsAsync<WebhookClaimStoreException>(() => hosts.Log.ClaimAsync(Claims.Of("evt_1"), Token).AsTask());

        ShowsNothing(Wrong, failure, hosts);
    }

    [Theory]
    [InlineData("localhost,connectTimeout=" + Wrong)]
    [InlineData("localhost,defaultDatabase=" + Wrong)]
    [InlineData("localhost,passwort=" + Wrong)]
    [InlineData("password=" + Wrong)]
    public async Task A_connection_string_that_cannot_be_used_is_named_and_not_shown(string connectionString)
    {
        await using var hosts = HostsWith(connectionString);

        var failure = await Assert.ThrowsAsync<NodeDataConfigurationException>(hosts.StartAsync);

        Assert.Contains("NodeData:Webhooks:Redis:ConnectionString", failure.Message, StringComparison.Ordinal);
        ShowsNothing(Wrong, failure, hosts);
    }

    private static Hosts HostsWith(string connectionString) =>
        new(new() { ["NodeData:Webhooks:Redis:ConnectionString"] = connectionString }, services => services.AddNodeDataRedisClaimStore());

    private static void ShowsNothing(string secret, Exception failure, Hosts hosts)
    {
        var options = hosts.Host.Services.GetRequiredService<IOptions<RedisWebhookClaimStoreOptions>>().Value;
        Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, JsonSerializer.Serialize(options), StringComparison.Ordinal);
        Assert.All(
            hosts.Records,
            record =>
            {
                var state = string.Join(' ', record.StructuredState ?? []);
                Assert.DoesNotContain(secret, $"{record.Message} {record.Exception} {state}", StringComparison.Ordinal);
            }
        );
    }
}
