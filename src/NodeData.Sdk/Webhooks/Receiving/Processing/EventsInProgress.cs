namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>Counts the events of a receiver that are in progress, including those that outlive their delivery. Thread-safe.</summary>
internal sealed class EventsInProgress
{
    private int _count;
    private TaskCompletionSource? _none;

    public int Count => Volatile.Read(ref _count);

    public void Start() => Interlocked.Increment(ref _count);

    public void Finish()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            Volatile.Read(ref _none)?.TrySetResult();
        }
    }

    /// <summary>Waits until no event is in progress. No event may start after this call.</summary>
    public Task WaitForNoneAsync()
    {
        var none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        none = Interlocked.CompareExchange(ref _none, none, null) ?? none;
        // Read after the source is visible, so that the last event either is counted here or completes the source.
        if (Volatile.Read(ref _count) == 0)
        {
            none.TrySetResult();
        }

        return none.Task;
    }
}
