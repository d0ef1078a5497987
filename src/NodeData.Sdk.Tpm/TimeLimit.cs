namespace NodeData.Sdk.Tpm;

/// <summary>Ends a read when its time is up, or when the caller gives up.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _timeoutSource;
    private readonly CancellationTokenSource _linkedSource;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken callerToken)
    {
        _timeoutSource = new CancellationTokenSource(limit, time);
        _linkedSource = CancellationTokenSource.CreateLinkedTokenSource(_timeoutSource.Token, callerToken);
        Token = _linkedSource.Token;
    }

    /// <summary>Stays usable after the limit was disposed of.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        _linkedSource.Dispose();
        _timeoutSource.Dispose();
    }
}
