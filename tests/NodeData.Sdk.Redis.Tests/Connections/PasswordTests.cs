using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Connections;

/// <summary>Tests that the password is used and never disclosed.</summary>
public sealed class PasswordTests
{
    private const string Right = "correct-horse-battery-staple";
    private const string Wrong = "incorrect-horse-battery";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_correct_password_connects_and_is_not_logged()
    {
        await using var server = await RedisServer.StartAsync("--requirepass", Right);
        await using var host = CreateHost($"{server.Address},password={Right}");
        await host.StartAsync();

        Assert.Equal(WebhookClaimResult.Claimed(1), await host.Store.ClaimAsync(Claims.Create("evt_1"), Token));

        await server.KillAsync();
        var exception = await Assert.ThrowsAsync<WebhookClaimStoreException>(() =>
            host.Store.ClaimAsync(Claims.Create("evt_2"), Token).AsTask()
        );
        AssertNotDisclosed(Right, exception, host);
    }

    [Theory]
    [InlineData(",password=" + Wrong)]
    [InlineData("")]
    public async Task A_wrong_or_missing_password_fails_the_calls_and_is_not_logged(string password)
    {
        await using var server = await RedisServer.StartAsync("--requirepass", Right);
        await using var host = CreateHost($"{server.Address}{password},connectTimeout=500");
        await host.StartAsync();

        var exception = await Assert.ThrowsAsync<WebhookClaimStoreException>(() =>
            host.Store.ClaimAsync(Claims.Create("evt_1"), Token).AsTask()
        );

        AssertNotDisclosed(Wrong, exception, host);
    }

    [Theory]
    [InlineData("localhost,connectTimeout=" + Wrong)]
    [InlineData("localhost,defaultDatabase=" + Wrong)]
    [InlineData("localhost,passwort=" + Wrong)]
    [InlineData("password=" + Wrong)]
    public async Task An_invalid_connection_string_is_rejected_without_repeating_it(string connectionString)
    {
        await using var host = CreateHost(connectionString);

        var exception = await Assert.ThrowsAsync<NodeDataConfigurationException>(host.StartAsync);

        Assert.Contains("NodeData:Webhooks:Redis:ConnectionString", exception.Message, StringComparison.Ordinal);
        AssertNotDisclosed(Wrong, exception, host);
    }

    private static TestHost CreateHost(string connectionString) =>
        new(new() { ["NodeData:Webhooks:Redis:ConnectionString"] = connectionString }, services => services.AddNodeDataRedisClaimStore());

    private static void AssertNotDisclosed(string secret, Exception exception, TestHost host)
    {
        var options = host.Host.Services.GetRequiredService<IOptions<RedisWebhookClaimStoreOptions>>().Value;
        Assert.DoesNotContain(secret, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, JsonSerializer.Serialize(options), StringComparison.Ordinal);
        Assert.All(
            host.LogRecords,
            record =>
            {
                var state = string.Join(' ', record.StructuredState ?? []);
                Assert.DoesNotContain(secret, $"{record.Message} {record.Exception} {state}", StringComparison.Ordinal);
            }
        );
    }
}
