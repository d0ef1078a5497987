namespace NodeData.Sdk.Tpm;

/// <summary>Ends a read when its time is up, or when the caller gives up.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _time = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, caller);
        Token = _either.Token;
    }

    /// <summary>Stays usable after the limit was disposed of.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        _either.Dispose();
        _time.Dispose();
    }
}
