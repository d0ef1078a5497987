using NodeData.Sdk.Webhooks.Receiving.InMemory;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A delivery log in the memory of one process. What was completed is forgotten with the process, and no other process sees it: for a fleet, use a log in a store
/// that all share. Where it is full it refuses; it never forgets a delivery within its retention. Safe for use by several threads.
/// </summary>
public sealed class InMemoryWebhookClaimStore : IWebhookClaimStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, DeliveryEntry> _entries = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _expiries = new();
    private readonly int _capacity;
    private readonly TimeProvider _time;

    /// <summary>An empty log.</summary>
    /// <param name="options">Capacity and clock; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of its range.</exception>
    public InMemoryWebhookClaimStore(InMemoryWebhookClaimStoreOptions? options = null)
    {
        options ??= new InMemoryWebhookClaimStoreOptions();
        options.Check();
        (_capacity, _time) = (options.Capacity, options.TimeProvider);
    }

    /// <summary>How many deliveries are remembered now, those past their retention not counted.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                ForgetExpired(Now);
                return _entries.Count;
            }
        }
    }

    private long Now => _time.GetTimestamp();

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreFullException">The log is full.</exception>
    public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Now;
            ForgetExpired(now);
            var entry = EntryOf(claim);
            if (entry.IsCompleted)
            {
                return ValueTask.FromResult(WebhookClaimResult.Completed);
            }

            if (entry.IsHeld(now) && entry.Owner != claim.OwnerToken)
            {
                return ValueTask.FromResult(WebhookClaimResult.InProgress(_time.GetElapsedTime(now, entry.LeaseEnd)));
            }

            entry.Grant(claim.OwnerToken, isNew: !entry.IsHeld(now), leaseEnd: After(now, claim.Lease));
            Remember(claim, entry, now);
            return ValueTask.FromResult(WebhookClaimResult.Claimed(entry.Attempts));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeOwn(claim, (entry, now) => entry.LeaseEnd = After(now, claim.Lease), isSoWhereCompleted: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeOwn(claim, static (entry, _) => entry.Complete(), isSoWhereCompleted: true, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        ChangeOwn(claim, static (entry, _) => entry.Owner = null, isSoWhereCompleted: false, cancellationToken);

    private ValueTask<bool> ChangeOwn(
        WebhookClaim claim,
        Action<DeliveryEntry, long> change,
        bool isSoWhereCompleted,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Now;
            ForgetExpired(now);
            if (!_entries.TryGetValue(claim.Key.ToString(), out var entry) || entry.Owner != claim.OwnerToken)
            {
                return ValueTask.FromResult(false);
            }

            if (entry.IsCompleted || !entry.IsHeld(now))
            {
                return ValueTask.FromResult(entry.IsCompleted && isSoWhereCompleted);
            }

            change(entry, now);
            Remember(claim, entry, now);
            return ValueTask.FromResult(true);
        }
    }

    private DeliveryEntry EntryOf(WebhookClaim claim)
    {
        var key = claim.Key.ToString();
        if (_entries.TryGetValue(key, out var entry))
        {
            return entry;
        }

        return _entries.Count < _capacity
            ? _entries[key] = new DeliveryEntry()
            : throw new WebhookClaimStoreFullException(
                $"The delivery log in memory is full: it remembers {_entries.Count} deliveries and forgets none within its retention. Raise "
                    + "InMemoryWebhookClaimStoreOptions.Capacity, shorten WebhookReceiverOptions.Retention, or keep the log in a store."
            );
    }

    private void Remember(WebhookClaim claim, DeliveryEntry entry, long now)
    {
        entry.Expiry = After(now, claim.Retention);
        if (entry.IsHeld(now) && !entry.IsCompleted)
        {
            entry.Expiry = Math.Max(entry.Expiry, entry.LeaseEnd);
        }

        if (entry.Due is null || entry.Due > entry.Expiry)
        {
            Queue(claim.Key.ToString(), entry);
        }
    }

    private void Queue(string key, DeliveryEntry entry)
    {
        entry.Due = entry.Expiry;
        _expiries.Enqueue(key, entry.Expiry);
    }

    // One place in the queue counts for each entry, the earliest: where it comes up and the entry lives longer by now, it goes back for the rest.
    private void ForgetExpired(long now)
    {
        while (_expiries.TryPeek(out var key, out var due) && due <= now)
        {
            _expiries.Dequeue();
            if (!_entries.TryGetValue(key, out var entry) || entry.Due != due)
            {
                continue;
            }

            if (entry.Expiry <= now)
            {
                _entries.Remove(key);
            }
            else
            {
                Queue(key, entry);
            }
        }
    }

    /// <summary>A time so long that no timestamp has it is the end of all timestamps.</summary>
    private long After(long now, TimeSpan time)
    {
        var ticks = time.TotalSeconds * _time.TimestampFrequency;
        return ticks < long.MaxValue - now ? now + (long)ticks : long.MaxValue;
    }
}
