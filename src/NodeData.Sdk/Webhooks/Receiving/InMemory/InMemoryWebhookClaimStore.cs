using NodeData.Sdk.Webhooks.Receiving.InMemory;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a claim store in the memory of one process. The claims are lost when the process exits, and other processes do not have access to them: for
/// several processes, use a shared store. When the store is full, it rejects new claims; it never removes a claim within its retention period. Thread-safe.
/// </summary>
public sealed class InMemoryWebhookClaimStore : IWebhookClaimStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ClaimEntry> _entries = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _expirationQueue = new();
    private readonly int _capacity;
    private readonly TimeProvider _time;

    /// <summary>Initializes a new, empty instance.</summary>
    /// <param name="options">The capacity and the clock; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of range.</exception>
    public InMemoryWebhookClaimStore(InMemoryWebhookClaimStoreOptions? options = null)
    {
        options ??= new InMemoryWebhookClaimStoreOptions();
        options.Validate();
        (_capacity, _time) = (options.Capacity, options.TimeProvider);
    }

    /// <summary>Gets the number of stored claims, excluding expired ones.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                RemoveExpired(Now);
                return _entries.Count;
            }
        }
    }

    private long Now => _time.GetTimestamp();

    /// <inheritdoc/>
    /// <exception cref="WebhookClaimStoreFullException">The store is full.</exception>
    public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Now;
            RemoveExpired(now);
            var entry = GetOrAddEntry(claim);
            if (entry.IsCompleted)
            {
                return ValueTask.FromResult(WebhookClaimResult.Completed);
            }

            if (entry.IsHeld(now) && entry.OwnerToken != claim.OwnerToken)
            {
                return ValueTask.FromResult(WebhookClaimResult.InProgress(_time.GetElapsedTime(now, entry.LeaseExpiresAt)));
            }

            entry.Grant(claim.OwnerToken, isNew: !entry.IsHeld(now), leaseExpiresAt: Add(now, claim.Lease));
            UpdateExpiration(claim, entry, now);
            return ValueTask.FromResult(WebhookClaimResult.Claimed(entry.Attempts));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        UpdateOwned(claim, (entry, now) => entry.LeaseExpiresAt = Add(now, claim.Lease), resultWhenCompleted: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        UpdateOwned(claim, static (entry, _) => entry.Complete(), resultWhenCompleted: true, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
        UpdateOwned(claim, static (entry, _) => entry.OwnerToken = null, resultWhenCompleted: false, cancellationToken);

    private ValueTask<bool> UpdateOwned(
        WebhookClaim claim,
        Action<ClaimEntry, long> change,
        bool resultWhenCompleted,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Now;
            RemoveExpired(now);
            if (!_entries.TryGetValue(claim.Key.ToString(), out var entry) || entry.OwnerToken != claim.OwnerToken)
            {
                return ValueTask.FromResult(false);
            }

            if (entry.IsCompleted || !entry.IsHeld(now))
            {
                return ValueTask.FromResult(entry.IsCompleted && resultWhenCompleted);
            }

            change(entry, now);
            UpdateExpiration(claim, entry, now);
            return ValueTask.FromResult(true);
        }
    }

    private ClaimEntry GetOrAddEntry(WebhookClaim claim)
    {
        var key = claim.Key.ToString();
        if (_entries.TryGetValue(key, out var entry))
        {
            return entry;
        }

        return _entries.Count < _capacity
            ? _entries[key] = new ClaimEntry()
            : throw new WebhookClaimStoreFullException(
                $"The in-memory claim store is full: it contains {_entries.Count} claims within their retention period. Increase "
                    + "InMemoryWebhookClaimStoreOptions.Capacity, reduce WebhookReceiverOptions.Retention, or use a claim store in a database or in Redis."
            );
    }

    private void UpdateExpiration(WebhookClaim claim, ClaimEntry entry, long now)
    {
        entry.ExpiresAt = Add(now, claim.Retention);
        if (entry.IsHeld(now) && !entry.IsCompleted)
        {
            entry.ExpiresAt = Math.Max(entry.ExpiresAt, entry.LeaseExpiresAt);
        }

        if (entry.DueAt is null || entry.DueAt > entry.ExpiresAt)
        {
            Enqueue(claim.Key.ToString(), entry);
        }
    }

    private void Enqueue(string key, ClaimEntry entry)
    {
        entry.DueAt = entry.ExpiresAt;
        _expirationQueue.Enqueue(key, entry.ExpiresAt);
    }

    // Only the earliest queue position of an entry counts. If the expiration of the entry has changed when it is dequeued, it is queued again.
    private void RemoveExpired(long now)
    {
        while (_expirationQueue.TryPeek(out var key, out var due) && due <= now)
        {
            _expirationQueue.Dequeue();
            if (!_entries.TryGetValue(key, out var entry) || entry.DueAt != due)
            {
                continue;
            }

            if (entry.ExpiresAt <= now)
            {
                _entries.Remove(key);
            }
            else
            {
                Enqueue(key, entry);
            }
        }
    }

    /// <summary>Adds a duration to a timestamp. If the result would exceed the maximum timestamp, returns the maximum timestamp.</summary>
    private long Add(long now, TimeSpan time)
    {
        var ticks = time.TotalSeconds * _time.TimestampFrequency;
        return ticks < long.MaxValue - now ? now + (long)ticks : long.MaxValue;
    }
}
