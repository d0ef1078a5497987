using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>A handler that signals its start and its cancellation, and runs until the test releases it.</summary>
internal sealed class BlockingHandler
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _canceled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _callCount;

    public Task Started => _started.Task.WaitAsync(Poll.Timeout);

    public Task Canceled => _canceled.Task.WaitAsync(Poll.Timeout);

    public int CallCount => _callCount;

    public void Release() => _released.TrySetResult();

    public void Fail(Exception exception) => _released.TrySetException(exception);

    /// <summary>Waits until the test releases the handler, even if the token is canceled.</summary>
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _callCount);
        using var registration = cancellationToken.Register(() => _canceled.TrySetResult());
        _started.TrySetResult();
        await _released.Task;
    }
}
