using System.Diagnostics.CodeAnalysis;
using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>Options for creating an API key. Immutable; each property is validated when it is set.</summary>
/// <example>
/// <c>new CreateApiKeyOptions("ci-deploys") { Mode = KeyMode.Live, Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }</c>
/// </example>
public sealed record CreateApiKeyOptions
{
    private const int MaxNameLength = 100;

    private readonly ApiKeyScopeSet? _scopes;
    private readonly KeyMode? _mode;
    private readonly TimeSpan? _expiresIn;
    private readonly string? _idempotencyKey;

    /// <summary>Initializes a new instance for a key with full access and without an expiration.</summary>
    /// <param name="name">The name, 1 to 100 characters, which should say what the key is for. It need not be unique.</param>
    /// <exception cref="ArgumentException">The name is blank, too long, contains a secret, or contains an unpaired surrogate or U+FFFD.</exception>
    public CreateApiKeyOptions(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var characters = name.EnumerateRunes().ToList();
        if (characters.Count > MaxNameLength)
        {
            throw new ArgumentException($"The name of a key must have 1 to {MaxNameLength} characters.", nameof(name));
        }

        // An unpaired surrogate is enumerated as the replacement character and cannot be sent.
        if (characters.Contains(Rune.ReplacementChar))
        {
            throw new ArgumentException("The name of a key must not contain an unpaired surrogate or U+FFFD.", nameof(name));
        }

        if (ApiKeyFormat.MayContainSecret(name))
        {
            throw new ArgumentException(
                "The name of a key is shown in plain text; this name contains a secret, or a string that looks like one.",
                nameof(name)
            );
        }

        Name = name;
    }

    /// <summary>The name, which should say what the key is for.</summary>
    public string Name { get; }

    /// <summary>The mode. The default is the mode of the client; a different mode is rejected before anything is sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither test nor live.</exception>
    public KeyMode? Mode
    {
        get => _mode;
        init => _mode = value is null or KeyMode.Test or KeyMode.Live ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>The scopes. If they are not set, the key has full access; <see cref="ApiKeyScopeSet.FullAccess"/> requests that explicitly.</summary>
    /// <exception cref="ArgumentNullException">
    /// The value is null: unknown scopes, such as those that a response omitted, must not become full access.
    /// </exception>
    [DisallowNull]
    public ApiKeyScopeSet? Scopes
    {
        get => _scopes;
        init =>
            _scopes =
                value
                ?? throw new ArgumentNullException(nameof(value), "The scopes are not known. Set them, or use ApiKeyScopeSet.FullAccess.");
    }

    /// <summary>
    /// The duration for which the key is valid, starting with the call; greater than zero. If neither this nor <see cref="ExpiresAt"/> is set, the key does not
    /// expire.
    /// </summary>
    /// <remarks>
    /// Each call computes the expiration again, so a call that is retried with the same <see cref="IdempotencyKey"/> requires <see cref="ExpiresAt"/>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? ExpiresIn
    {
        get => _expiresIn;
        init =>
            _expiresIn = value is { } lifetime && lifetime <= TimeSpan.Zero ? throw new ArgumentOutOfRangeException(nameof(value)) : value;
    }

    /// <summary>The time at which the key expires; sent in UTC with milliseconds. It cannot be combined with <see cref="ExpiresIn"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// The idempotency key of the request: 1 to 255 visible ASCII characters, such as a GUID. With it, the call may be retried after the response was lost:
    /// a service that supports idempotency keys returns the first response again, including the secret, for 24 hours.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty, too long, or contains characters other than visible ASCII.</exception>
    public string? IdempotencyKey
    {
        get => _idempotencyKey;
        init => _idempotencyKey = value is null ? null : Http.IdempotencyKey.Validate(value);
    }

    /// <summary>Gets the time at which the key expires; null if it does not expire.</summary>
    /// <param name="now">The current time.</param>
    /// <exception cref="ArgumentException">Both properties are set, or the expiration is in the past or out of range.</exception>
    internal DateTimeOffset? GetExpiration(DateTimeOffset now)
    {
        if (ExpiresIn is not null && ExpiresAt is not null)
        {
            throw new ArgumentException("Set ExpiresIn or ExpiresAt, not both.");
        }

        if (ExpiresIn > DateTimeOffset.MaxValue - now)
        {
            throw new ArgumentException("ExpiresIn exceeds the range of dates. Do not set it for a key without an expiration.");
        }

        var expiration = ExpiresIn is { } lifetime ? now + lifetime : ExpiresAt;
        return expiration <= now ? throw new ArgumentException("ExpiresAt is in the past: the key would never be valid.") : expiration;
    }
}
