using NodeData.Sdk.Configuration;

namespace NodeData.Sdk;

/// <summary>
/// Defines options that override those of a client: <c>node.WithOptions(new NodeRequestOptions { … })</c> returns a derived client that uses them and shares
/// the same connections. A property that is not set keeps the client's value. Immutable and thread-safe.
/// </summary>
public sealed record NodeRequestOptions
{
    private readonly TimeSpan? _timeout;
    private readonly int? _maxRetries;

    /// <summary>
    /// Gets the maximum time allowed for a call, including all attempts and delays. Must be positive or
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. The default is the client's <see cref="NodeClientOptions.TotalTimeout"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative, or greater than 24 days.</exception>
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

    /// <summary>
    /// Gets the maximum number of retries after the first attempt of a call; 0 to 10. The default is the client's <see cref="NodeClientOptions.MaxRetries"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 0 or greater than 10.</exception>
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
    /// Gets the callback that receives the last response of each call, or of each page, whether it is a success or an error. It is not invoked if there was no
    /// response. An exception that it throws is propagated to the caller.
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
