namespace NodeData.Emulator;

/// <summary>The queue of faults to inject into API requests. This type is thread-safe.</summary>
public sealed class EmulatorFaults
{
    private const string AnyPath = "*";

    private readonly List<QueuedFault> _queue = [];

    internal EmulatorFaults() { }

    /// <summary>Enqueues a fault for the next requests to a path. Faults for the same path apply in the order in which they were enqueued.</summary>
    /// <param name="count">The number of requests: 1 or more.</param>
    /// <param name="path">The path under <c>/v1</c>, such as <c>/keys</c> or <c>/keys/key_1</c>, without a query; <c>*</c> for any path.</param>
    /// <param name="fault">The fault to inject.</param>
    /// <param name="method">The HTTP method; null for any method.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    /// <exception cref="ArgumentException">The path is not <c>*</c> and does not begin with a slash.</exception>
    public void Enqueue(string path, EmulatorFault fault, int count = 1, string? method = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(fault);
        if (path != AnyPath && !path.StartsWith('/'))
        {
            throw new ArgumentException("The path of a fault must be a path under /v1, such as /keys, or * for any path.", nameof(path));
        }

        lock (_queue)
        {
            _queue.Add(new QueuedFault(path, method, fault) { Remaining = count });
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

    internal EmulatorFault? Dequeue(string method, string? path)
    {
        lock (_queue)
        {
            var queued = _queue.Find(queued => queued.Matches(method, path));
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

    private sealed record QueuedFault(string Path, string? Method, EmulatorFault Fault)
    {
        public required int Remaining { get; set; }

        public bool Matches(string method, string? path) =>
            (Path == AnyPath || Path == path) && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase));
    }
}
