using System.Threading.Channels;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>Tells who listens of each change to a delivery, in the order of the commits.</summary>
internal sealed class DeliveryChanges
{
    private readonly List<Channel<EmulatorDelivery>> _subscribers = [];
    private Exception? _error;

    /// <summary>Called where the change was committed, before another transaction begins.</summary>
    public void Publish(EmulatorDelivery delivery)
    {
        lock (_subscribers)
        {
            _subscribers.ForEach(subscriber => subscriber.Writer.TryWrite(delivery));
        }
    }

    /// <summary>Listens from now on. Begun inside a transaction, it misses nothing that the transaction does not see.</summary>
    public Channel<EmulatorDelivery> Subscribe()
    {
        var subscriber = Channel.CreateUnbounded<EmulatorDelivery>();
        lock (_subscribers)
        {
            if (_error is not null)
            {
                subscriber.Writer.Complete(_error);
            }

            _subscribers.Add(subscriber);
        }

        return subscriber;
    }

    public void Unsubscribe(Channel<EmulatorDelivery> subscriber)
    {
        lock (_subscribers)
        {
            _subscribers.Remove(subscriber);
        }
    }

    /// <summary>There will be no more changes: whoever waits for one is told why.</summary>
    public void Fail(Exception error)
    {
        lock (_subscribers)
        {
            _error ??= error;
            _subscribers.ForEach(subscriber => subscriber.Writer.TryComplete(_error));
        }
    }
}
