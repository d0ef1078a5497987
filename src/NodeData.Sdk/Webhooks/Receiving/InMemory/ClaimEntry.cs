namespace NodeData.Sdk.Webhooks.Receiving.InMemory;

/// <summary>What is remembered of one delivery. Times are timestamps of the log's clock.</summary>
internal sealed class ClaimEntry
{
    public string? OwnerToken { get; set; }

    public bool IsCompleted { get; private set; }

    public int Attempts { get; private set; }

    public long LeaseEnd { get; set; }

    public long Expiry { get; set; }

    /// <summary>When the queue of expiries looks at it next; null where it is not in the queue yet.</summary>
    public long? DueAt { get; set; }

    public bool IsHeld(long now) => OwnerToken is not null && LeaseEnd > now;

    public void Grant(string ownerToken, bool isNew, long leaseEnd)
    {
        (OwnerToken, LeaseEnd) = (ownerToken, leaseEnd);
        if (isNew)
        {
            Attempts++;
        }
    }

    public void Complete() => IsCompleted = true;
}
