namespace NodeData.Emulator.Tests.Doubles;

/// <summary>A time that stands still, and at which something happens where a thread looks at its timestamp: as if another thread had come in between.</summary>
internal sealed class InterruptedTime : TimeProvider
{
    private int _thread;
    private Func<bool>? _happening;

    public override DateTimeOffset GetUtcNow() => StandingTime.Instance.GetUtcNow();

    public override long GetTimestamp()
    {
        if (_thread == Environment.CurrentManagedThreadId && _happening is { } happening)
        {
            _happening = null;
            _happening = happening() ? null : happening;
        }

        return 0;
    }

    /// <summary>Does something on this thread.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="happening">What may happen each time the work looks at the timestamp, until it says that it has.</param>
    public T During<T>(Func<T> work, Func<bool> happening)
    {
        (_happening, _thread) = (happening, Environment.CurrentManagedThreadId);
        var result = work();
        _thread = 0;
        return result;
    }
}
