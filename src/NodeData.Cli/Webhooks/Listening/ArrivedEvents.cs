namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The ids of events that came, the newest of them. Safe for use by several threads.</summary>
internal sealed class ArrivedEvents
{
    private const int Most = 10_000;

    private readonly Lock _changing = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>Notes an event.</summary>
    /// <returns>Whether it was not noted before.</returns>
    public bool Add(string? id)
    {
        if (id is null)
        {
            return false;
        }

        lock (_changing)
        {
            if (!_ids.Add(id))
            {
                return false;
            }

            _order.Enqueue(id);
            if (_order.Count > Most)
            {
                _ids.Remove(_order.Dequeue());
            }

            return true;
        }
    }

    public bool Has(string id)
    {
        lock (_changing)
        {
            return _ids.Contains(id);
        }
    }
}
