namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>Who waits until there is nothing to do.</summary>
internal sealed class IdleWaiters
{
    private readonly object _gate = new();
    private List<TaskCompletionSource> _waiters = [];
    private Exception? _end;

    public Task Wait()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        PutBack([waiter]);
        return waiter.Task;
    }

    /// <summary>Takes out who waits now.</summary>
    public List<TaskCompletionSource> Take()
    {
        lock (_gate)
        {
            var waiters = _waiters;
            _waiters = [];
            return waiters;
        }
    }

    public void PutBack(List<TaskCompletionSource> waiters)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                _waiters.AddRange(waiters);
                return;
            }
        }

        waiters.ForEach(waiter => waiter.TrySetException(_end));
    }

    /// <summary>Nothing will be done any more: whoever waits is told why.</summary>
    public void End(Exception why)
    {
        lock (_gate)
        {
            _end ??= why;
        }

        PutBack(Take());
    }
}
