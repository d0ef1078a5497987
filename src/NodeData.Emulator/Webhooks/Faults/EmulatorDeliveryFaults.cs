namespace NodeData.Emulator;

/// <summary>The queue of faults to inject into attempts of webhook deliveries. This type is thread-safe.</summary>
public sealed class EmulatorDeliveryFaults
{
    private readonly List<QueuedFault> _queue = [];

    internal EmulatorDeliveryFaults() { }

    /// <summary>
    /// Enqueues a fault for the next attempts, in the order in which they become due; each attempt of a delivery counts. Faults apply in the order in which
    /// they were enqueued.
    /// </summary>
    /// <param name="count">The number of attempts: 1 or more.</param>
    /// <param name="fault">The fault to inject.</param>
    /// <param name="endpointId">The ID of the endpoint, <c>we_…</c>; null for any endpoint.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public void Enqueue(EmulatorDeliveryFault fault, int count = 1, string? endpointId = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(fault);
        lock (_queue)
        {
            _queue.Add(new QueuedFault(fault, endpointId) { Remaining = count });
        }
    }

    /// <summary>Removes all faults from the queue.</summary>
    public void Clear()
    {
        lock (_queue)
        {
            _queue.Clear();
        }
    }

    internal EmulatorDeliveryFault? Dequeue(string endpointId)
    {
        lock (_queue)
        {
            var queued = _queue.Find(queued => queued.EndpointId is null || queued.EndpointId == endpointId);
            if (queued is null)
            {
                return null;
            }

            if (--queued.Remaining == 0)
            {
                _queue.Remove(queued);
            }

            return queued.Fault;
        }
    }

    private sealed record QueuedFault(EmulatorDeliveryFault Fault, string? EndpointId)
    {
        public required int Remaining { get; set; }
    }
}
