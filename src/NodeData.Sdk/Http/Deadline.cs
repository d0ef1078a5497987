namespace NodeData.Sdk.Http;

/// <summary>
/// A token that is cancelled by the caller or when a time is up, and that can name the limit it stands for. Each attempt of each call needs one, so on the
/// system's clock the source behind it is kept and used again where nothing cancelled it.
/// </summary>
internal readonly struct Deadline : IDisposable
{
    private static CancellationTokenSource? _cachedSource;

    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _callerRegistration;
    private readonly bool _isReusable;

    public Deadline(TimeSpan limit, string option, TimeProvider time, CancellationToken cancellationToken)
    {
        Limit = limit;
        Option = option;
        _isReusable = ReferenceEquals(time, SystemTime.Provider);
        _source = _isReusable ? Rent(limit, time) : new CancellationTokenSource(limit, time);
        _callerRegistration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>How long it was when it began.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The option that sets it.</summary>
    public string Option { get; }

    public CancellationToken Token => _source.Token;

    public bool IsCancellationRequested => _source.IsCancellationRequested;

    public void Dispose()
    {
        _callerRegistration.Dispose();
        if (!_isReusable || !_source.TryReset() || Interlocked.CompareExchange(ref _cachedSource, _source, null) is not null)
        {
            _source.Dispose();
        }
    }

    private static CancellationTokenSource Rent(TimeSpan limit, TimeProvider time)
    {
        if (Interlocked.Exchange(ref _cachedSource, null) is not { } cached)
        {
            return new CancellationTokenSource(limit, time);
        }
#pragma warning disable RS0030 // The source is one of the system's clock.
        cached.CancelAfter(limit);
#pragma warning restore RS0030
        return cached;
    }
}
