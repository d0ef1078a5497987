namespace NodeData.Emulator.Tests.Doubles;

/// <summary>A time that stands still, and at which something happens where a thread looks at its timestamp: as if another thread had come in between.</summary>
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

    /// <summary>Does something on this thread.</summary>
    /// <param name="operation">What is done.</param>
    /// <param name="interruption">What may happen each time the work looks at the timestamp, until it says that it has.</param>
    public T RunWith<T>(Func<T> operation, Func<bool> interruption)
    {
        (_interruption, _thread) = (interruption, Environment.CurrentManagedThreadId);
        var result = operation();
        _thread = 0;
        return result;
    }
}
