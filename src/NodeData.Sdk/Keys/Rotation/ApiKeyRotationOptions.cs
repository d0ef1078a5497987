namespace NodeData.Sdk;

/// <summary>
/// Options for rotating an API key. The same options are used to start, resume, complete and roll back a rotation; the name, scopes, expiration and overlap
/// that were recorded when the rotation started apply until it finishes. Immutable; each property is validated when it is set.
/// </summary>
/// <example>
/// <c>
/// new ApiKeyRotationOptions { Overlap = TimeSpan.FromHours(24), Deploy = (newKey, ct) => secrets.PutAsync("NODE_DATA_API_KEY", newKey.Reveal(), ct) }
/// </c>
/// </example>
public sealed record ApiKeyRotationOptions
{
    internal static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    internal static readonly TimeSpan DefaultVerificationTimeout = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(3650);

    private readonly TimeSpan? _overlap;
    private readonly TimeSpan? _expiresIn;
    private readonly TimeSpan _verificationTimeout = DefaultVerificationTimeout;
    private readonly string? _newName;
    private readonly IReadOnlyList<IApiKeySink> _sinks = [];

    /// <summary>
    /// The duration for which both keys are valid after every sink has the new one: the time that the slowest application needs to switch. From zero to ten
    /// years. The default is 24 hours, or zero if <see cref="IsCompromised"/> is set. The overlap is shortened to the remaining lifetime of the old key.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or longer than ten years.</exception>
    public TimeSpan? Overlap
    {
        get => _overlap;
        init => _overlap = value is { } overlap ? CheckRange(overlap, TimeSpan.Zero) : null;
    }

    /// <summary>
    /// A delegate that deploys the new key to where applications read it, with the same requirements as <see cref="IApiKeySink.DeployAsync"/>.
    /// </summary>
    public Func<CreatedApiKey, CancellationToken, Task>? Deploy { get; init; }

    /// <summary>The sinks (the places where the new key is deployed), in this order, after <see cref="Deploy"/>. All must succeed.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<IApiKeySink> Sinks
    {
        get => _sinks;
        init => _sinks = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// The name of the new key. The default is the name of the old one. A suffix that is unique to the rotation is always added
    /// (<c>ci-deploys~4be1f09c35a7d2</c>), so that a key that was not deployed can be found again and is not confused with another; a name that is too long is
    /// truncated.
    /// </summary>
    /// <exception cref="ArgumentException">The name is not valid; see <see cref="CreateApiKeyOptions(string)"/>.</exception>
    public string? NewName
    {
        get => _newName;
        init => _newName = value is null ? null : new CreateApiKeyOptions(value).Name;
    }

    /// <summary>The scopes of the new key. The default is the scopes of the old one; required if the service does not return those.</summary>
    public ApiKeyScopeSet? Scopes { get; init; }

    /// <summary>
    /// The duration for which the new key is valid, starting with the request; greater than zero and at most ten years, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for a key without an expiration. The default is the lifetime that the old key had when it was created.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative, or longer than ten years.</exception>
    public TimeSpan? ExpiresIn
    {
        get => _expiresIn;
        init =>
            _expiresIn =
                value is not { } lifetime || lifetime == Timeout.InfiniteTimeSpan
                    ? value
                    : CheckRange(lifetime, TimeSpan.FromMilliseconds(1));
    }

    /// <summary>The mode that the old key must have. The default is the mode of the client. The new key has the same mode.</summary>
    public KeyMode? Mode { get; init; }

    /// <summary>
    /// The old key itself, if available. It is compared with the client's key, to decide whether to switch this client if the service does not return key IDs;
    /// and it is the key that <see cref="KeysClient.RollBackKeyRotationAsync"/> restores.
    /// </summary>
    public ApiKey? OldKey { get; init; }

    /// <summary>
    /// true if the old key is compromised; otherwise, false. If it is true, there is no overlap unless <see cref="Overlap"/> is set, even if this client uses
    /// the key, and the overlap of a rotation in progress is shortened. The default is false.
    /// </summary>
    public bool IsCompromised { get; init; }

    /// <summary>
    /// The maximum time allowed for the service to accept the new key: until then, a 401 is retried, because the key may not have propagated. From zero to ten
    /// years. The default is 1 minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or longer than ten years.</exception>
    public TimeSpan VerificationTimeout
    {
        get => _verificationTimeout;
        init => _verificationTimeout = CheckRange(value, TimeSpan.Zero);
    }

    /// <summary>
    /// The store for the record of the rotation. The default is null: a <see cref="FileApiKeyRotationStore"/> in the user's local application data. Every
    /// run of a rotation needs the same store.
    /// </summary>
    public IApiKeyRotationStore? Store { get; init; }

    /// <summary>The progress handler. Exceptions that it throws are ignored.</summary>
    public IProgress<ApiKeyRotationProgress>? Progress { get; init; }

    private static TimeSpan CheckRange(TimeSpan value, TimeSpan min) =>
        value >= min && value <= MaxDuration
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The value must be between {min} and {MaxDuration}.");
}
