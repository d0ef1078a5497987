namespace NodeData.Emulator;

/// <summary>The faults that webhook deliveries are to meet. Safe for use by several threads.</summary>
public sealed class EmulatorDeliveryFaults
{
    private readonly List<Planned> _planned = [];

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
        lock (_planned)
        {
            _planned.Add(new Planned(fault, endpointId) { Left = count });
        }
    }

    /// <summary>Takes back all faults that have not come yet.</summary>
    public void Clear()
    {
        lock (_planned)
        {
            _planned.Clear();
        }
    }

    internal EmulatorDeliveryFault? Take(string endpointId)
    {
        lock (_planned)
        {
            var planned = _planned.Find(planned => planned.EndpointId is null || planned.EndpointId == endpointId);
            if (planned is null)
            {
                return null;
            }

            if (--planned.Left == 0)
            {
                _planned.Remove(planned);
            }

            return planned.Fault;
        }
    }

    private sealed record Planned(EmulatorDeliveryFault Fault, string? EndpointId)
    {
        public required int Left { get; set; }
    }
}
