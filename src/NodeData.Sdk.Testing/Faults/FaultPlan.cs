namespace NodeData.Sdk.Testing.Faults;

/// <summary>Holds the faults of the next calls, and counts those that have occurred.</summary>
internal sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly Dictionary<WebhookClaimStoreCall, Queue<WebhookClaimStoreFault>> _queued = [];
    private readonly Dictionary<WebhookClaimStoreCall, WebhookClaimStoreFault> _permanent = [];
    private readonly List<(int Number, TaskCompletionSource Reached)> _waiters = [];
    private TaskCompletionSource _release = CreateCompletionSource();
    private int _faultCount;

    public int FaultCount => Volatile.Read(ref _faultCount);

    public void Enqueue(WebhookClaimStoreCall call, WebhookClaimStoreFault fault, int count)
    {
        lock (_gate)
        {
            if (!_queued.TryGetValue(call, out var queue))
            {
                _queued[call] = queue = new();
            }

            for (var remaining = count; remaining > 0; remaining--)
            {
                queue.Enqueue(fault);
            }
        }
    }

    public void SetFault(WebhookClaimStoreCall call, WebhookClaimStoreFault? fault)
    {
        lock (_gate)
        {
            if (fault is { } known)
            {
                _permanent[call] = known;
            }
            else
            {
                _permanent.Remove(call);
            }
        }
    }

    public PlannedFault? GetNext(WebhookClaimStoreCall call)
    {
        lock (_gate)
        {
            if (_queued.TryGetValue(call, out var queue) && queue.TryDequeue(out var next))
            {
                return new PlannedFault(next, _release.Task);
            }

            return _permanent.TryGetValue(call, out var fault) ? new PlannedFault(fault, _release.Task) : null;
        }
    }

    public void RecordFault()
    {
        lock (_gate)
        {
            _faultCount++;
            foreach (var (_, reached) in _waiters.Where(waiter => waiter.Number <= _faultCount))
            {
                reached.SetResult();
            }

            _waiters.RemoveAll(waiter => waiter.Number <= _faultCount);
        }
    }

    public Task WaitForCountAsync(int count)
    {
        lock (_gate)
        {
            if (_faultCount >= count)
            {
                return Task.CompletedTask;
            }

            var reached = CreateCompletionSource();
            _waiters.Add((count, reached));
            return reached.Task;
        }
    }

    public void ReleaseHangingCalls()
    {
        TaskCompletionSource release;
        lock (_gate)
        {
            _queued.Clear();
            _permanent.Clear();
            (release, _release) = (_release, CreateCompletionSource());
        }

        release.SetResult();
    }

    private static TaskCompletionSource CreateCompletionSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
