namespace NodeData.Sdk.Webhooks;

/// <summary>Options for an in-memory claim store. They are read when the store is constructed; later changes have no effect.</summary>
public sealed class InMemoryWebhookClaimStoreOptions
{
    internal const int DefaultCapacity = 100_000;

    /// <summary>
    /// Gets or sets the maximum number of claims. When it is reached, new claims are rejected (503) until other claims expire. Each claim requires about 300
    /// bytes. 1 or more. The default is 100,000.
    /// </summary>
    public int Capacity { get; set; } = DefaultCapacity;

    /// <summary>Gets or sets the clock for leases and retention periods. The default is the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal void Validate()
    {
        if (Capacity < 1)
        {
            throw new NodeDataConfigurationException($"InMemoryWebhookClaimStoreOptions.Capacity is {Capacity}. It must be 1 or more.");
        }

        if (TimeProvider is null)
        {
            throw new NodeDataConfigurationException(
                "InMemoryWebhookClaimStoreOptions.TimeProvider is null. Leave it unset to use the system clock."
            );
        }
    }
}
