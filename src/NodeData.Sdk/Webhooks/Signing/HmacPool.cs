namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// A pool with a fixed number of workers, because keying a hash takes longer than hashing a small body. If all workers are rented, another one is created and
/// disposed of after use. Thread-safe.
/// </summary>
internal sealed class HmacPool(WebhookSecret[] secrets) : IDisposable
{
    private readonly HmacWorker?[] _workers = new HmacWorker?[2 * Environment.ProcessorCount];
    private volatile bool _disposed;

    public bool IsDisposed => _disposed;

    public HmacWorker Rent()
    {
        // Threads on different processors start at different slots, which reduces contention.
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

    /// <summary>Returns a worker to the pool. The worker is disposed of if it may contain a part of a message, or if no slot is free.</summary>
    public void Return(HmacWorker worker)
    {
        worker.Clear();
        if (!worker.IsReusable || !TryKeep(worker))
        {
            worker.Dispose();
        }

        if (_disposed) // while the worker was rented
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
