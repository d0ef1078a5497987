namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// A fixed number of lanes, kept because keying a hash costs more than hashing a small body. Where more threads than that are at work at the same moment, a lane
/// is made for the occasion. Safe for use by several threads.
/// </summary>
internal sealed class MacPool(WebhookSecret[] secrets) : IDisposable
{
    private readonly MacLane?[] _lanes = new MacLane?[2 * Environment.ProcessorCount];
    private volatile bool _disposed;

    public bool IsDisposed => _disposed;

    public MacLane Rent()
    {
        // Threads of different processors begin at different places, so that they seldom meet.
        var first = FirstLane();
        for (var i = 0; i < _lanes.Length; i++)
        {
            ref var slot = ref _lanes[(first + i) % _lanes.Length];
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } lane)
            {
                return lane;
            }
        }

        return new MacLane(secrets);
    }

    /// <summary>Takes a lane back, whatever became of it: what may still hold a part of a message, and what finds no place, is thrown away.</summary>
    public void Return(MacLane lane)
    {
        lane.Clear();
        if (!lane.IsReusable || !TryKeep(lane))
        {
            lane.Dispose();
        }

        if (_disposed) // since it was rented
        {
            Empty();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Empty();
    }

    private bool TryKeep(MacLane lane)
    {
        var first = FirstLane();
        for (var i = 0; i < _lanes.Length; i++)
        {
            ref var slot = ref _lanes[(first + i) % _lanes.Length];
            if (slot is null && Interlocked.CompareExchange(ref slot, lane, null) is null)
            {
                return true;
            }
        }

        return false;
    }

    private int FirstLane() => Thread.GetCurrentProcessorId() % _lanes.Length;

    private void Empty()
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            Interlocked.Exchange(ref _lanes[i], null)?.Dispose();
        }
    }
}
