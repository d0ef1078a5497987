using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Connections;

/// <summary>Creates the settings of a connection that the store opens.</summary>
internal static class ConnectionSettings
{
    /// <summary>Creates the settings from the options; returns null if the options contain no connection settings.</summary>
    /// <exception cref="NodeDataConfigurationException">The connection string is invalid. The exception message contains no part of it.</exception>
    public static ConfigurationOptions? FromOptions(RedisWebhookClaimStoreOptions options)
    {
        var settings = options.Connection?.Clone() ?? (options.ConnectionString?.Trim() is { Length: > 0 } text ? Parse(text) : null);
        if (settings is null)
        {
            return null;
        }

        // An application must start while Redis is unavailable, and a queued call would be executed after its caller stopped waiting.
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        // Otherwise a call times out after 5 seconds, regardless of the store's timeout.
        settings.AsyncTimeout = Math.Max(settings.AsyncTimeout, (int)options.CallTimeout.TotalMilliseconds);
        return settings.EndPoints.Count > 0 || settings.ServiceName is not null ? settings : throw CreateException("contains no server");
    }

    private static ConfigurationOptions Parse(string text)
    {
        try
        {
            var settings = ConfigurationOptions.Parse(text);
            // Reconnects within seconds after Redis becomes available.
            settings.ReconnectRetryPolicy = new ExponentialRetry(250, 3000);
            return settings;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // Not an inner exception: its message may quote the value.
            throw CreateException("is invalid");
        }
    }

    private static NodeDataConfigurationException CreateException(string problem) =>
        new(
            $"The connection string for Redis (NodeData:Webhooks:Redis:ConnectionString, or RedisWebhookClaimStoreOptions.ConnectionString) {problem}. Use the "
                + "format of StackExchange.Redis: host:port,user=name,password=secret,ssl=true."
        );
}
