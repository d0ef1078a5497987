namespace NodeData.Sdk.Tpm;

/// <summary>Cancels a read after its timeout, or when the caller cancels it.</summary>
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

    /// <summary>Gets the token. It stays usable after this instance is disposed.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        _linkedSource.Dispose();
        _timeoutSource.Dispose();
    }
}
