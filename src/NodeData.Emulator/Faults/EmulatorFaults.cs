namespace NodeData.Emulator;

/// <summary>The faults that are to come. Safe for use by several threads.</summary>
public sealed class EmulatorFaults
{
    private const string AnyPath = "*";

    private readonly List<QueuedFault> _queue = [];

    internal EmulatorFaults() { }

    /// <summary>Lets the next requests to a path meet a fault. Several plans for one path come in the order in which they were made.</summary>
    /// <param name="count">How many requests: 1 or more.</param>
    /// <param name="path">The path under <c>/v1</c>, such as <c>/keys</c> or <c>/keys/key_1</c>, without a query; <c>*</c> for any.</param>
    /// <param name="fault">What happens to them.</param>
    /// <param name="method">The HTTP method; null for any.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="ArgumentException">The path neither begins with a slash nor is <c>*</c>.</exception>
    public void Enqueue(string path, EmulatorFault fault, int count = 1, string? method = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(fault);
        if (path != AnyPath && !path.StartsWith('/'))
        {
            throw new ArgumentException("The path of a fault is one under /v1, such as /keys, or * for any.", nameof(path));
        }

        lock (_queue)
        {
            _queue.Add(new QueuedFault(path, method, fault) { Remaining = count });
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
