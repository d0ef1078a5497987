namespace NodeData.Sdk.Http;

/// <summary>
/// A token that is cancelled by the caller or when a time is up, and that can name the limit it stands for. Each attempt of each call needs one, so on the
/// system's clock the source behind it is kept and used again where nothing cancelled it.
/// </summary>
internal readonly struct Deadline : IDisposable
{
    private static CancellationTokenSource? _spare;

    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private readonly bool _reusable;

    public Deadline(TimeSpan limit, string option, TimeProvider time, CancellationToken caller)
    {
        Limit = limit;
        Option = option;
        _reusable = ReferenceEquals(time, SystemTime.Provider);
        _source = _reusable ? Rent(limit, time) : new CancellationTokenSource(limit, time);
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
        if (!_reusable || !_source.TryReset() || Interlocked.CompareExchange(ref _spare, _source, null) is not null)
        {
            _source.Dispose();
        }
    }

    private static CancellationTokenSource Rent(TimeSpan limit, TimeProvider time)
    {
        if (Interlocked.Exchange(ref _spare, null) is not { } spare)
        {
            return new CancellationTokenSource(limit, time);
        }
#pragma warning disable RS0030 // The source is one of the system's clock.
        spare.CancelAfter(limit);
#pragma warning restore RS0030
        return spare;
    }
}
