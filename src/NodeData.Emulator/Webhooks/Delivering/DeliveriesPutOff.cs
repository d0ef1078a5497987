using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Attempts that a fault puts off. That a delivery waits stands in the data file as any wait does; that one may go sooner, once a later one has overtaken it,
/// is known in memory only.
/// </summary>
internal sealed class DeliveriesPutOff(DeliveryRecords deliveries)
{
    private readonly List<EmulatorDelivery> _untilOvertaken = [];

    /// <summary>Puts an attempt off. Transactions come one at a time, so no attempt ends between the two halves of this.</summary>
    public void PutOff(Session session, EmulatorDelivery delivery, TimeSpan wait, bool untilOvertaken, DateTimeOffset now)
    {
        if (DeliveryRecords.ById(session, delivery.Id) is not { NextAttemptAt: not null } current)
        {
            return;
        }

        deliveries.Change(session, current with { NextAttemptAt = now + wait });
        if (untilOvertaken)
        {
            lock (_untilOvertaken)
            {
                _untilOvertaken.Add(delivery);
            }
        }
    }

    /// <summary>Makes due what an attempt has overtaken.</summary>
    public void Release(Session session, EmulatorDelivery attempted, DateTimeOffset now)
    {
        foreach (var overtaken in TakeEarlierThan(attempted))
        {
            if (DeliveryRecords.ById(session, overtaken.Id) is { NextAttemptAt: { } next } current && next > now)
            {
                deliveries.Change(session, current with { NextAttemptAt = now });
            }
        }
    }

    public void Clear()
    {
        lock (_untilOvertaken)
        {
            _untilOvertaken.Clear();
        }
    }

    private List<EmulatorDelivery> TakeEarlierThan(EmulatorDelivery attempted)
    {
        lock (_untilOvertaken)
        {
            var earlier = _untilOvertaken.FindAll(held => held.EndpointId == attempted.EndpointId && held.Sequence < attempted.Sequence);
            earlier.ForEach(held => _untilOvertaken.Remove(held));
            return earlier;
        }
    }
}
