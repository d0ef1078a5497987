namespace NodeData.Emulator;

/// <summary>The faults that webhook deliveries are to meet. Safe for use by several threads.</summary>
public sealed class EmulatorDeliveryFaults
{
    private readonly List<QueuedFault> _queue = [];

    internal EmulatorDeliveryFaults() { }

    /// <summary>
    /// Lets the next attempts meet a fault, in the order in which they fall due; a later attempt of the same delivery counts anew. Several plans come in the
    /// order in which they were made.
    /// </summary>
    /// <param name="count">How many attempts: 1 or more.</param>
    /// <param name="fault">What happens to them.</param>
    /// <param name="endpointId">The endpoint that they go to, <c>we_…</c>; null for any.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public void Enqueue(EmulatorDeliveryFault fault, int count = 1, string? endpointId = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(fault);
        lock (_queue)
        {
            _queue.Add(new QueuedFault(fault, endpointId) { Remaining = count });
        }
    }

    /// <summary>Takes back all faults that have not come yet.</summary>
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
