using System.Threading.Channels;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>Tells who listens of each change to a delivery, in the order of the commits.</summary>
internal sealed class DeliveryChanges
{
    private readonly List<Channel<EmulatorDelivery>> _listeners = [];
    private Exception? _end;

    /// <summary>Called where the change was committed, before another transaction begins.</summary>
    public void Publish(EmulatorDelivery delivery)
    {
        lock (_listeners)
        {
            _listeners.ForEach(listener => listener.Writer.TryWrite(delivery));
        }
    }

    /// <summary>Listens from now on. Begun inside a transaction, it misses nothing that the transaction does not see.</summary>
    public Channel<EmulatorDelivery> Listen()
    {
        var listener = Channel.CreateUnbounded<EmulatorDelivery>();
        lock (_listeners)
        {
            if (_end is not null)
            {
                listener.Writer.Complete(_end);
            }

            _listeners.Add(listener);
        }

        return listener;
    }

    public void Leave(Channel<EmulatorDelivery> listener)
    {
        lock (_listeners)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>There will be no more changes: whoever waits for one is told why.</summary>
    public void End(Exception why)
    {
        lock (_listeners)
        {
            _end ??= why;
            _listeners.ForEach(listener => listener.Writer.TryComplete(_end));
        }
    }
}
