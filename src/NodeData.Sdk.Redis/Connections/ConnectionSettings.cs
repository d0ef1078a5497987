using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Connections;

/// <summary>What an own connection is made with.</summary>
internal static class ConnectionSettings
{
    /// <summary>Null where the options name no server.</summary>
    /// <exception cref="NodeDataConfigurationException">The connection string cannot be read. Neither it nor a part of it is in the message.</exception>
    public static ConfigurationOptions? FromOptions(RedisWebhookClaimStoreOptions options)
    {
        var settings = options.Connection?.Clone() ?? (options.ConnectionString?.Trim() is { Length: > 0 } text ? Parse(text) : null);
        if (settings is null)
        {
            return null;
        }

        // A program starts while Redis is away; and a call that waited in a queue would be carried out long after its caller gave up.
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        // Else the client gives a call up after 5 seconds, whatever the log's own time-out says.
        settings.AsyncTimeout = Math.Max(settings.AsyncTimeout, (int)options.CallTimeout.TotalMilliseconds);
        return settings.EndPoints.Count > 0 || settings.ServiceName is not null ? settings : throw CreateException("names no server");
    }

    private static ConfigurationOptions Parse(string text)
    {
        try
        {
            var settings = ConfigurationOptions.Parse(text);
            // Back within seconds when Redis is.
            settings.ReconnectRetryPolicy = new ExponentialRetry(250, 3000);
            return settings;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // Not handed on: its message may quote the value.
            throw CreateException("cannot be read");
        }
    }

    private static NodeDataConfigurationException CreateException(string problem) =>
        new(
            $"The connection string for Redis (NodeData:Webhooks:Redis:ConnectionString, or RedisWebhookClaimStoreOptions.ConnectionString) {problem}. Give it as "
                + "StackExchange.Redis does: host:port,user=name,password=secret,ssl=true."
        );
}
