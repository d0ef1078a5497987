using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// The secret that a webhook endpoint's deliveries are signed with: <c>whsec_test_…</c>, <c>whsec_live_…</c>, or <c>whsec_…</c> without a mode. It prints
/// masked everywhere (text, debugger, JSON); only <see cref="Reveal"/> gives the secret, so that every use of it can be found. Immutable and safe for use by
/// several threads.
/// </summary>
/// <remarks>
/// What follows the prefix is 16 to 200 of <c>A-Z a-z 0-9 _ -</c> (contract, "Authentication"). The parser is strict: white space around a secret is a mistake
/// here; what reads secrets from the environment, a file or configuration trims it first.
/// </remarks>
[DebuggerDisplay("{Hint,nq}")]
[JsonConverter(typeof(WebhookSecretJsonConverter))]
public sealed class WebhookSecret : IEquatable<WebhookSecret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    private WebhookSecret(string text) => _text = text;

    /// <summary>The mode, from the prefix; null where the secret names none, and then it goes with either.</summary>
    public KeyMode? Mode => WebhookSecretFormat.GetMode(_text);

    /// <summary>
    /// The secret as it may be shown: its prefix and its last four characters (<c>whsec_live_…1234</c>), the four only where at least 20 characters follow the
    /// prefix.
    /// </summary>
    public string Hint => SecretMask.Mask(_text, WebhookSecretFormat.GetPrefixLength(_text));

    /// <summary>Reads a secret, so that one can be given as plain text; as <see cref="Parse"/> does.</summary>
    /// <param name="text">The secret alone.</param>
    /// <exception cref="NodeDataConfigurationException">The text is no webhook secret.</exception>
    public static implicit operator WebhookSecret(string? text) => Parse(text);

    /// <summary>Reads a secret.</summary>
    /// <param name="text">The secret alone: no quotes, no white space around it.</param>
    /// <exception cref="NodeDataConfigurationException">
    /// The text is no webhook secret. The message says which of the known mistakes it is and never repeats the text.
    /// </exception>
    public static WebhookSecret Parse(string? text) =>
        TryParse(text, out var secret)
            ? secret
            : throw new NodeDataConfigurationException($"The webhook secret {WebhookSecretDiagnostics.Describe(text)}");

    /// <summary>Reads a secret where the text is one. Never throws.</summary>
    /// <param name="text">The secret alone: no quotes, no white space around it.</param>
    /// <param name="secret">The secret, or null.</param>
    /// <returns>Whether the text is a webhook secret.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = WebhookSecretFormat.IsWellFormed(text) ? new WebhookSecret(text!) : null;
        return secret is not null;
    }

    /// <summary>The secret itself. Hand it to what needs it, and to nothing that logs.</summary>
    public string Reveal() => _text;

    /// <summary>The masked form, <see cref="Hint"/>.</summary>
    public override string ToString() => Hint;

    /// <summary>Whether both are the same secret; the time taken does not depend on where they differ.</summary>
    public bool Equals(WebhookSecret? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(_text.AsSpan()), MemoryMarshal.AsBytes(other._text.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WebhookSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
