using NodeData.Sdk.Webhooks.Receiving.Database;

namespace NodeData.Sdk.Webhooks;

/// <summary>Options for a claim store in a database. They are read when the store is constructed; later changes have no effect.</summary>
public sealed class DbWebhookClaimStoreOptions
{
    internal const string DefaultTableName = "webhook_claims";

    internal static readonly TimeSpan DefaultCommandTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets the name of the table, with or without its schema (<c>hooks.webhook_claims</c>). It is not quoted in statements: each part starts with an
    /// ASCII letter or an underscore, contains ASCII letters, digits and underscores, and has at most 63 characters. The default is webhook_claims.
    /// </summary>
    public string TableName { get; set; } = DefaultTableName;

    /// <summary>
    /// Gets or sets the maximum time allowed for one statement, if the ADO.NET provider supports a timeout; rounded up to whole seconds. From one second to one
    /// hour. The default is 5 seconds. With SQLite, it is the maximum time that a statement waits for a lock.
    /// </summary>
    public TimeSpan CommandTimeout { get; set; } = DefaultCommandTimeout;

    /// <summary>
    /// Gets or sets the clock for leases and retention periods. Each process that shares the table uses its own clock, so the clocks must not differ by more
    /// than a small fraction of the lease. The default is the system clock.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal void Validate()
    {
        if (!TableNames.IsValid(TableName))
        {
            throw new NodeDataConfigurationException(
                "DbWebhookClaimStoreOptions.TableName is not a valid table name. Use a name such as webhook_claims or hooks.webhook_claims: ASCII letters, "
                    + "digits and underscores, at most 63 characters in each part, not starting with a digit."
            );
        }

        if (CommandTimeout < TimeSpan.FromSeconds(1) || CommandTimeout > TimeSpan.FromHours(1))
        {
            throw new NodeDataConfigurationException(
                $"DbWebhookClaimStoreOptions.CommandTimeout is {CommandTimeout}. It must be from one second to one hour."
            );
        }

        if (TimeProvider is null)
        {
            throw new NodeDataConfigurationException(
                "DbWebhookClaimStoreOptions.TimeProvider is null. Leave it unset to use the system clock."
            );
        }
    }
}
