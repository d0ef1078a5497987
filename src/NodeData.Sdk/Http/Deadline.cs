namespace NodeData.Sdk.Http;

/// <summary>
/// Provides a token that is canceled by the caller or when a time limit elapses, and the name of the option that sets the limit. Because each attempt creates
/// one, the underlying source is cached and reused unless it was canceled; this applies to the system clock only.
/// </summary>
internal readonly struct Deadline : IDisposable
{
    private static CancellationTokenSource? _cachedSource;

    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _callerRegistration;
    private readonly bool _isReusable;

    public Deadline(TimeSpan limit, string optionName, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Limit = limit;
        OptionName = optionName;
        _isReusable = ReferenceEquals(timeProvider, SystemTime.Provider);
        _source = _isReusable ? Rent(limit, timeProvider) : new CancellationTokenSource(limit, timeProvider);
        _callerRegistration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>The time limit.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The name of the option that sets the limit.</summary>
    public string OptionName { get; }

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

    private static CancellationTokenSource Rent(TimeSpan limit, TimeProvider timeProvider)
    {
        if (Interlocked.Exchange(ref _cachedSource, null) is not { } cached)
        {
            return new CancellationTokenSource(limit, timeProvider);
        }
#pragma warning disable RS0030 // The source runs on the system clock.
        cached.CancelAfter(limit);
#pragma warning restore RS0030
        return cached;
    }
}
