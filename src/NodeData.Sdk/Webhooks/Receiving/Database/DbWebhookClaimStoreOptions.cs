using NodeData.Sdk.Webhooks.Receiving.Database;

namespace NodeData.Sdk.Webhooks;

/// <summary>How a delivery log in a database works. Read when the log is made; a later change does not reach it.</summary>
public sealed class DbWebhookClaimStoreOptions
{
    internal const string DefaultTableName = "webhook_deliveries";

    internal static readonly TimeSpan DefaultCommandTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The table, with or without its schema (<c>hooks.webhook_deliveries</c>). It stands in the statements as it is, unquoted: each part begins with an ASCII
    /// letter or an underscore, goes on with those and digits, and has at most 63 characters. The default is webhook_deliveries.
    /// </summary>
    public string TableName { get; set; } = DefaultTableName;

    /// <summary>
    /// How long one statement may take, where the driver heeds it; in whole seconds, rounded up. From a second to an hour; the default is 5 seconds. With SQLite
    /// it is how long a statement waits for the database to be free.
    /// </summary>
    public TimeSpan CommandTimeout { get; set; } = DefaultCommandTimeout;

    /// <summary>
    /// The clock behind leases and retention. Processes that share a table each go by their own, so their clocks must not differ by more than a small part of
    /// the lease. The default is that of the system.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal void Check()
    {
        if (!TableNames.IsValid(TableName))
        {
            throw new NodeDataConfigurationException(
                "DbWebhookClaimStoreOptions.TableName is no name of a table. Give one such as webhook_deliveries or hooks.webhook_deliveries: letters, digits "
                    + "and underscores, at most 63 for each part, not beginning with a digit."
            );
        }

        if (CommandTimeout < TimeSpan.FromSeconds(1) || CommandTimeout > TimeSpan.FromHours(1))
        {
            throw new NodeDataConfigurationException(
                $"DbWebhookClaimStoreOptions.CommandTimeout is {CommandTimeout}. Give a time from a second to an hour."
            );
        }

        if (TimeProvider is null)
        {
            throw new NodeDataConfigurationException(
                "DbWebhookClaimStoreOptions.TimeProvider is null. Leave it out for the system's clock."
            );
        }
    }
}
