using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>A handler that tells when it has begun, and goes on when the test lets it.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _entries;

    public Task Begun => _begun.Task.WaitAsync(Bounded.Limit);

    public Task Cancelled => _cancelled.Task.WaitAsync(Bounded.Limit);

    public int Entries => _entries;

    public void Open() => _opened.TrySetResult();

    public void Break(Exception failure) => _opened.TrySetException(failure);

    /// <summary>Waits for the test, whatever the token says.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _entries);
        using var noted = cancellationToken.Register(() => _cancelled.TrySetResult());
        _begun.TrySetResult();
        await _opened.Task;
    }
}
