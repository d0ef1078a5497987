using System.Threading.Channels;

namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>Publishes each change of a delivery to subscribers, in commit order.</summary>
internal sealed class DeliveryChanges
{
    private readonly List<Channel<EmulatorDelivery>> _subscribers = [];
    private Exception? _error;

    /// <summary>Publishes a change. Called after its commit, before another transaction starts.</summary>
    public void Publish(EmulatorDelivery delivery)
    {
        lock (_subscribers)
        {
            _subscribers.ForEach(subscriber => subscriber.Writer.TryWrite(delivery));
        }
    }

    /// <summary>Subscribes to future changes. Called inside a transaction, it misses no change that the transaction does not see.</summary>
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

    /// <summary>Ends the subscriptions with an error: there will be no more changes.</summary>
    public void Fail(Exception error)
    {
        lock (_subscribers)
        {
            _error ??= error;
            _subscribers.ForEach(subscriber => subscriber.Writer.TryComplete(_error));
        }
    }
}
