using NodeData.Sdk.Redis.Connections;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Connections;

public sealed class CallTimeoutTests
{
    [Theory]
    [InlineData("localhost", 30, 30_000)]
    [InlineData("localhost,asyncTimeout=1000", 30, 30_000)]
    [InlineData("localhost,asyncTimeout=50000", 30, 50_000)]
    [InlineData("localhost", 2, 5_000)]
    public void The_timeout_of_the_Redis_client_is_never_shorter_than_the_call_timeout(
        string connectionString,
        int seconds,
        int milliseconds
    )
    {
        var options = new RedisWebhookClaimStoreOptions
        {
            ConnectionString = connectionString,
            CallTimeout = TimeSpan.FromSeconds(seconds),
        };

        Assert.Equal(milliseconds, ConnectionSettings.FromOptions(options)!.AsyncTimeout);
    }
}
