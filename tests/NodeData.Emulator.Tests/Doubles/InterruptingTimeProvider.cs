namespace NodeData.Emulator.Tests.Doubles;

/// <summary>A frozen time provider that runs a callback when a thread reads its timestamp, as if another thread ran in between.</summary>
internal sealed class InterruptingTimeProvider : TimeProvider
{
    private int _thread;
    private Func<bool>? _interruption;

    public override DateTimeOffset GetUtcNow() => FrozenTimeProvider.Instance.GetUtcNow();

    public override long GetTimestamp()
    {
        if (_thread == Environment.CurrentManagedThreadId && _interruption is { } interruption)
        {
            _interruption = null;
            _interruption = interruption() ? null : interruption;
        }

        return 0;
    }

    /// <summary>Runs an operation on this thread.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="interruption">The callback for each time the operation reads the timestamp, until it returns true.</param>
    public T RunWith<T>(Func<T> operation, Func<bool> interruption)
    {
        (_interruption, _thread) = (interruption, Environment.CurrentManagedThreadId);
        var result = operation();
        _thread = 0;
        return result;
    }
}
