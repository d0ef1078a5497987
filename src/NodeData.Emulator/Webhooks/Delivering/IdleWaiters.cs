namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The callers that wait until no attempt is due or in progress.</summary>
internal sealed class IdleWaiters
{
    private readonly object _gate = new();
    private List<TaskCompletionSource> _waiters = [];
    private Exception? _error;

    public Task WaitAsync()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AddRange([waiter]);
        return waiter.Task;
    }

    /// <summary>Removes and returns the current waiters.</summary>
    public List<TaskCompletionSource> TakeAll()
    {
        lock (_gate)
        {
            var waiters = _waiters;
            _waiters = [];
            return waiters;
        }
    }

    public void AddRange(List<TaskCompletionSource> waiters)
    {
        lock (_gate)
        {
            if (_error is null)
            {
                _waiters.AddRange(waiters);
                return;
            }
        }

        waiters.ForEach(waiter => waiter.TrySetException(_error));
    }

    /// <summary>Fails current and future waiters with an error.</summary>
    public void Fail(Exception error)
    {
        lock (_gate)
        {
            _error ??= error;
        }

        AddRange(TakeAll());
    }
}
