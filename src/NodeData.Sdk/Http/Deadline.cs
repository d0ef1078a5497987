namespace NodeData.Sdk.Http;

/// <summary>A token that is cancelled by the caller or when a time is up, and that can name the limit it stands for.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;

    public Deadline(TimeSpan limit, string option, TimeProvider time, CancellationToken caller)
    {
        Limit = limit;
        Option = option;
        _source = new CancellationTokenSource(limit, time);
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>How long it was when it began.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The option that sets it.</summary>
    public string Option { get; }

    public CancellationToken Token => _source.Token;

    public bool IsOver => _source.IsCancellationRequested;

    public void Dispose()
    {
        _caller.Dispose();
        _source.Dispose();
    }
}
