namespace NodeData.Sdk.Webhooks;

/// <summary>How a delivery log in memory works. Read when the log is made; a later change does not reach it.</summary>
public sealed class InMemoryWebhookClaimStoreOptions
{
    internal const int DefaultCapacity = 100_000;

    /// <summary>
    /// How many deliveries are remembered at most; above that, new ones are refused (503) until others pass their retention. Each takes some 300 bytes. 1 or
    /// more; the default is 100,000.
    /// </summary>
    public int Capacity { get; set; } = DefaultCapacity;

    /// <summary>The clock behind leases and retention. The default is that of the system.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal void Check()
    {
        if (Capacity < 1)
        {
            throw new NodeDataConfigurationException($"InMemoryWebhookClaimStoreOptions.Capacity is {Capacity}. Give 1 or more.");
        }

        if (TimeProvider is null)
        {
            throw new NodeDataConfigurationException(
                "InMemoryWebhookClaimStoreOptions.TimeProvider is null. Leave it out for the system's clock."
            );
        }
    }
}
