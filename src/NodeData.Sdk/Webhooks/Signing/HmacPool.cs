namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// A fixed number of lanes, kept because keying a hash costs more than hashing a small body. Where more threads than that are at work at the same moment, a lane
/// is made for the occasion. Safe for use by several threads.
/// </summary>
internal sealed class HmacPool(WebhookSecret[] secrets) : IDisposable
{
    private readonly HmacWorker?[] _workers = new HmacWorker?[2 * Environment.ProcessorCount];
    private volatile bool _disposed;

    public bool IsDisposed => _disposed;

    public HmacWorker Rent()
    {
        // Threads of different processors begin at different places, so that they seldom meet.
        var first = GetFirstSlot();
        for (var i = 0; i < _workers.Length; i++)
        {
            ref var slot = ref _workers[(first + i) % _workers.Length];
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } worker)
            {
                return worker;
            }
        }

        return new HmacWorker(secrets);
    }

    /// <summary>Takes a lane back, whatever became of it: what may still hold a part of a message, and what finds no place, is thrown away.</summary>
    public void Return(HmacWorker worker)
    {
        worker.Clear();
        if (!worker.IsReusable || !TryKeep(worker))
        {
            worker.Dispose();
        }

        if (_disposed) // since it was rented
        {
            DisposeWorkers();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        DisposeWorkers();
    }

    private bool TryKeep(HmacWorker worker)
    {
        var first = GetFirstSlot();
        for (var i = 0; i < _workers.Length; i++)
        {
            ref var slot = ref _workers[(first + i) % _workers.Length];
            if (slot is null && Interlocked.CompareExchange(ref slot, worker, null) is null)
            {
                return true;
            }
        }

        return false;
    }

    private int GetFirstSlot() => Thread.GetCurrentProcessorId() % _workers.Length;

    private void DisposeWorkers()
    {
        for (var i = 0; i < _workers.Length; i++)
        {
            Interlocked.Exchange(ref _workers[i], null)?.Dispose();
        }
    }
}
