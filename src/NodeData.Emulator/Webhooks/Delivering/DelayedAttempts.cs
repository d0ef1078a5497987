using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Attempts that a fault puts off. That a delivery waits stands in the data file as any wait does; that one may go sooner, once a later one has overtaken it,
/// is known in memory only.
/// </summary>
internal sealed class DelayedAttempts(DeliveryRecords deliveries)
{
    private readonly List<EmulatorDelivery> _reordered = [];

    /// <summary>Puts an attempt off. Transactions come one at a time, so no attempt ends between the two halves of this.</summary>
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

    /// <summary>Makes due what an attempt has overtaken.</summary>
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
