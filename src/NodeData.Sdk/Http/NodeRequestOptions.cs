using NodeData.Sdk.Configuration;

namespace NodeData.Sdk;

/// <summary>
/// What differs for some calls: <c>node.With(new NodeRequestOptions { … })</c> is a view of the same client that makes its calls under them. A member left out
/// stays as the client has it. Immutable; safe for use by several threads.
/// </summary>
public sealed record NodeRequestOptions
{
    private readonly TimeSpan? _timeout;
    private readonly int? _maxRetries;

    /// <summary>
    /// How long a whole call may take, all attempts and waits included. Above zero, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. The default
    /// is the client's <see cref="NodeClientOptions.TotalTimeout"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative, or longer than 24 days.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        init
        {
            if (value is { } timeout && !TimeLimit.IsValid(timeout))
            {
                throw new ArgumentOutOfRangeException(nameof(value), timeout, TimeLimit.Rule);
            }

            _timeout = value;
        }
    }

    /// <summary>How often a call may be repeated after its first attempt; 0 to 10. The default is the client's <see cref="NodeClientOptions.MaxRetries"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 10.</exception>
    public int? MaxRetries
    {
        get => _maxRetries;
        init
        {
            if (value is { } retries)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(retries, nameof(value));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(retries, NodeClientOptions.MaxRetriesLimit, nameof(value));
            }

            _maxRetries = value;
        }
    }

    /// <summary>
    /// Told about the last answer of each call, or of each page, whether it was a success or not; not told where there was no answer. What it throws reaches
    /// the caller.
    /// </summary>
    public Action<NodeResponseInfo>? OnResponse { get; init; }

    internal NodeRequestOptions Merge(NodeRequestOptions? defaults) =>
        defaults is null
            ? this
            : new NodeRequestOptions
            {
                Timeout = Timeout ?? defaults.Timeout,
                MaxRetries = MaxRetries ?? defaults.MaxRetries,
                OnResponse = OnResponse ?? defaults.OnResponse,
            };
}
