using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>
/// Deliveries that are held back until a later one to their endpoint was attempted. That they wait stands in the data file as any wait does; that they may go
/// sooner is known in memory only.
/// </summary>
internal sealed class OvertakenDeliveries(DeliveryRecords deliveries)
{
    private readonly List<EmulatorDelivery> _held = [];

    public void Hold(EmulatorDelivery delivery)
    {
        lock (_held)
        {
            _held.Add(delivery);
        }
    }

    /// <summary>Makes due what an attempt has overtaken.</summary>
    public void Release(Session session, EmulatorDelivery attempted, DateTimeOffset now)
    {
        foreach (var held in TakeEarlierThan(attempted))
        {
            if (DeliveryRecords.ById(session, held.Id) is { NextAttemptAt: { } next } current && next > now)
            {
                deliveries.Change(session, current with { NextAttemptAt = now });
            }
        }
    }

    public void Clear()
    {
        lock (_held)
        {
            _held.Clear();
        }
    }

    private List<EmulatorDelivery> TakeEarlierThan(EmulatorDelivery attempted)
    {
        lock (_held)
        {
            var earlier = _held.FindAll(held => held.EndpointId == attempted.EndpointId && held.Sequence < attempted.Sequence);
            earlier.ForEach(held => _held.Remove(held));
            return earlier;
        }
    }
}
