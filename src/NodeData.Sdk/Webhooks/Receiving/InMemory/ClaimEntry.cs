namespace NodeData.Sdk.Webhooks.Receiving.InMemory;

/// <summary>The stored state of one claim. Times are timestamps of the store's clock.</summary>
internal sealed class ClaimEntry
{
    public string? OwnerToken { get; set; }

    public bool IsCompleted { get; private set; }

    public int Attempts { get; private set; }

    public long LeaseExpiresAt { get; set; }

    public long ExpiresAt { get; set; }

    /// <summary>Gets or sets the time at which the expiration queue processes the entry next; null if it is not queued yet.</summary>
    public long? DueAt { get; set; }

    public bool IsHeld(long now) => OwnerToken is not null && LeaseExpiresAt > now;

    public void Grant(string ownerToken, bool isNew, long leaseExpiresAt)
    {
        (OwnerToken, LeaseExpiresAt) = (ownerToken, leaseExpiresAt);
        if (isNew)
        {
            Attempts++;
        }
    }

    public void Complete() => IsCompleted = true;
}
