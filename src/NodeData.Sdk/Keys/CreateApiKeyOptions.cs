using System.Diagnostics.CodeAnalysis;
using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>A key to be made. Immutable; each member is checked where it is set.</summary>
/// <example><c>new CreateApiKeyOptions("ci-deploys") { Mode = KeyMode.Live, Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }</c></example>
public sealed record CreateApiKeyOptions
{
    private const int MaxNameLength = 100;

    private readonly ApiKeyScopeSet? _scopes;
    private readonly KeyMode? _mode;
    private readonly TimeSpan? _expiresIn;
    private readonly string? _idempotencyKey;

    /// <summary>A key to be made, with full access and without an expiry unless told otherwise.</summary>
    /// <param name="name">What it is for: 1 to 100 characters; need not be unique.</param>
    /// <exception cref="ArgumentException">The name is blank, too long, or holds a secret or half a character.</exception>
    public CreateApiKeyOptions(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var characters = name.EnumerateRunes().ToList();
        if (characters.Count > MaxNameLength)
        {
            throw new ArgumentException($"The name of a key is 1 to {MaxNameLength} characters.", nameof(name));
        }

        // Half of a surrogate pair reads as the replacement character, and cannot be sent.
        if (characters.Contains(Rune.ReplacementChar))
        {
            throw new ArgumentException("The name of a key holds half a character.", nameof(name));
        }

        if (ApiKeyFormat.MayContainSecret(name))
        {
            throw new ArgumentException(
                "The name of a key is shown everywhere, and this one holds a secret or something like one.",
                nameof(name)
            );
        }

        Name = name;
    }

    /// <summary>What it is for.</summary>
    public string Name { get; }

    /// <summary>The mode; left out, the client's own. The other mode is refused before anything is sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Neither test nor live.</exception>
    public KeyMode? Mode
    {
        get => _mode;
        init => _mode = value is null or KeyMode.Test or KeyMode.Live ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>What it may do; left out, everything. Full access asked for aloud is <see cref="ApiKeyScopeSet.FullAccess"/>.</summary>
    /// <exception cref="ArgumentNullException">
    /// Set to null: scopes that are not known, such as those of a key whose answer left them out, must not become full access.
    /// </exception>
    [DisallowNull]
    public ApiKeyScopeSet? Scopes
    {
        get => _scopes;
        init =>
            _scopes =
                value
                ?? throw new ArgumentNullException(
                    nameof(value),
                    "The scopes are not known. Name them, or ask for ApiKeyScopeSet.FullAccess."
                );
    }

    /// <summary>How long it is accepted, from the moment of the call; above zero. Left out together with <see cref="ExpiresAt"/>: for ever.</summary>
    /// <remarks>
    /// It becomes a moment once in each call, so a call that is made again under the same <see cref="IdempotencyKey"/> needs <see cref="ExpiresAt"/>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public TimeSpan? ExpiresIn
    {
        get => _expiresIn;
        init =>
            _expiresIn = value is { } lifetime && lifetime <= TimeSpan.Zero ? throw new ArgumentOutOfRangeException(nameof(value)) : value;
    }

    /// <summary>Until when it is accepted; sent in UTC with milliseconds. Not together with <see cref="ExpiresIn"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// A name for this very request, 1 to 255 visible ASCII characters, such as a GUID. With it the call may be repeated after a lost answer: a service that
    /// heeds it gives the first answer again, secret included, for 24 hours.
    /// </summary>
    /// <exception cref="ArgumentException">Empty, too long, or with other than visible ASCII.</exception>
    public string? IdempotencyKey
    {
        get => _idempotencyKey;
        init => _idempotencyKey = value is null ? null : Http.IdempotencyKey.Validate(value);
    }

    /// <summary>When the key stops being accepted, as seen at a moment.</summary>
    /// <exception cref="ArgumentException">Both ways to say it were used, or the moment is past or beyond the calendar.</exception>
    internal DateTimeOffset? GetExpiry(DateTimeOffset now)
    {
        if (ExpiresIn is not null && ExpiresAt is not null)
        {
            throw new ArgumentException("Give ExpiresIn or ExpiresAt, not both.");
        }

        if (ExpiresIn > DateTimeOffset.MaxValue - now)
        {
            throw new ArgumentException("ExpiresIn leads beyond the calendar. Leave it out for a key without an expiry.");
        }

        var expiry = ExpiresIn is { } lifetime ? now + lifetime : ExpiresAt;
        return expiry <= now ? throw new ArgumentException("ExpiresAt is past: the key would never be accepted.") : expiry;
    }
}
