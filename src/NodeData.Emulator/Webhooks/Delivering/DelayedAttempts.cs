using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Attempts delayed by a fault. The delay is stored in the data file like any other; which deliveries are released early, after a later one was attempted, is
/// kept in memory only.
/// </summary>
internal sealed class DelayedAttempts(DeliveryRecords deliveries)
{
    private readonly List<EmulatorDelivery> _reordered = [];

    /// <summary>Delays an attempt. Transactions run one at a time, so no attempt finishes between the two updates.</summary>
    public void Delay(Session session, EmulatorDelivery delivery, TimeSpan delay, bool isReordered, DateTimeOffset now)
    {
        if (DeliveryRecords.FindById(session, delivery.Id) is not { NextAttemptAt: not null } current)
        {
            return;
        }

        deliveries.Update(session, current with { NextAttemptAt = now + delay });
        if (isReordered)
        {
            lock (_reordered)
            {
                _reordered.Add(delivery);
            }
        }
    }

    /// <summary>Makes the reordered deliveries due that are older than an attempted one.</summary>
    public void Release(Session session, EmulatorDelivery attempted, DateTimeOffset now)
    {
        foreach (var delayed in TakeEarlierThan(attempted))
        {
            if (DeliveryRecords.FindById(session, delayed.Id) is { NextAttemptAt: { } next } current && next > now)
            {
                deliveries.Update(session, current with { NextAttemptAt = now });
            }
        }
    }

    public void Clear()
    {
        lock (_reordered)
        {
            _reordered.Clear();
        }
    }

    private List<EmulatorDelivery> TakeEarlierThan(EmulatorDelivery attempted)
    {
        lock (_reordered)
        {
            var earlier = _reordered.FindAll(delayed =>
                delayed.EndpointId == attempted.EndpointId && delayed.Sequence < attempted.Sequence
            );
            earlier.ForEach(delayed => _reordered.Remove(delayed));
            return earlier;
        }
    }
}
