namespace NodeData.Sdk;

/// <summary>
/// How a key is to be rotated. The same plan serves to begin, to go on after an interruption, to complete and to abort; what was written to the log when the
/// rotation began (name, scopes, expiry, overlap) holds until it ends. Immutable; each member is checked where it is set.
/// </summary>
/// <example>
/// <c>new ApiKeyRotationOptions { Overlap = TimeSpan.FromHours(24), Deploy = (newKey, ct) => secrets.PutAsync("NODE_DATA_API_KEY", newKey.Reveal(), ct) }</c>
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
    /// How long both keys are accepted once every sink has the new one: as long as the slowest program needs to take it. Zero or more, ten years at most. The
    /// default is 24 hours, or zero where <see cref="IsCompromised"/>. Cut to what is left of the old key's life.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than ten years.</exception>
    public TimeSpan? Overlap
    {
        get => _overlap;
        init => _overlap = value is { } overlap ? CheckRange(overlap, TimeSpan.Zero) : null;
    }

    /// <summary>Puts the new key where programs take it from; like the one sink of a list, see <see cref="IApiKeySink.DeployAsync"/>.</summary>
    public Func<CreatedApiKey, CancellationToken, Task>? Deploy { get; init; }

    /// <summary>The places that the new key goes to, one after the other, after <see cref="Deploy"/>. All must succeed.</summary>
    public IReadOnlyList<IApiKeySink> Sinks
    {
        get => _sinks;
        init => _sinks = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// The new key's name in place of the old one's. Either way a suffix that belongs to this rotation is added (<c>ci-deploys~4be1f09c35a7d2</c>), so that a
    /// key that nobody was handed can be found again, and no other key is ever taken for it; what is too long is shortened.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot be one, see <see cref="CreateApiKeyOptions(string)"/>.</exception>
    public string? NewName
    {
        get => _newName;
        init => _newName = value is null ? null : new CreateApiKeyOptions(value).Name;
    }

    /// <summary>What the new key may do; left out, what the old one may. Must be given where the service does not say what that is.</summary>
    public ApiKeyScopeSet? Scopes { get; init; }

    /// <summary>
    /// How long the new key is accepted, from the moment it is asked for; above zero and at most ten years, or <see cref="Timeout.InfiniteTimeSpan"/> for
    /// ever. Left out, as long as the old key was when it was made.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative, or longer than ten years.</exception>
    public TimeSpan? ExpiresIn
    {
        get => _expiresIn;
        init =>
            _expiresIn =
                value is not { } lifetime || lifetime == Timeout.InfiniteTimeSpan
                    ? value
                    : CheckRange(lifetime, TimeSpan.FromMilliseconds(1));
    }

    /// <summary>The mode that the old key must have; left out, the client's own. The new key has the same.</summary>
    public KeyMode? Mode { get; init; }

    /// <summary>
    /// The old key itself, where it is at hand. Only compared with the client's own, to know that this client is to be swapped where the service does not tell
    /// a key's id; and the key that <see cref="KeysClient.RollBackKeyRotationAsync"/> puts back.
    /// </summary>
    public ApiKey? OldKey { get; init; }

    /// <summary>
    /// Whether the old key is in the wrong hands: no overlap unless one is asked for, even where this very client uses the key. It
    /// hastens a rotation that is under way, too. The default is false.
    /// </summary>
    public bool IsCompromised { get; init; }

    /// <summary>
    /// How long the new key may be refused (401) before it is taken for bad, while it spreads through the service. Zero or more, ten years at most. The
    /// default is 1 minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than ten years.</exception>
    public TimeSpan VerificationTimeout
    {
        get => _verificationTimeout;
        init => _verificationTimeout = CheckRange(value, TimeSpan.Zero);
    }

    /// <summary>
    /// Where the rotation is written down; null, the default, for a <see cref="FileApiKeyRotationStore"/> in the user's local application data. Every run of a
    /// rotation needs the same.
    /// </summary>
    public IApiKeyRotationStore? Store { get; init; }

    /// <summary>Told of each step. What it throws is dropped.</summary>
    public IProgress<ApiKeyRotationProgress>? Progress { get; init; }

    private static TimeSpan CheckRange(TimeSpan value, TimeSpan min) =>
        value >= min && value <= MaxDuration
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A time from {min} to {MaxDuration} is expected.");
}
