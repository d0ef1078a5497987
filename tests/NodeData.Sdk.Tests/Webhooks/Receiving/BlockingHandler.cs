using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>A handler that tells when it has begun, and goes on when the test lets it.</summary>
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

    /// <summary>Waits for the test, whatever the token says.</summary>
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _callCount);
        using var registration = cancellationToken.Register(() => _canceled.TrySetResult());
        _started.TrySetResult();
        await _released.Task;
    }
}
