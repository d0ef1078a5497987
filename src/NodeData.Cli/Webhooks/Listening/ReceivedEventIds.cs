namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The IDs of the most recently received events. Thread-safe.</summary>
internal sealed class ReceivedEventIds
{
    private const int MaxIds = 10_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>Adds the ID of an event.</summary>
    /// <returns>Whether the ID is new.</returns>
    public bool Add(string? id)
    {
        if (id is null)
        {
            return false;
        }

        lock (_lock)
        {
            if (!_ids.Add(id))
            {
                return false;
            }

            _order.Enqueue(id);
            if (_order.Count > MaxIds)
            {
                _ids.Remove(_order.Dequeue());
            }

            return true;
        }
    }

    public bool Contains(string id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }
}
