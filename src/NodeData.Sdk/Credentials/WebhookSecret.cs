using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// Represents the secret that signs the deliveries of a webhook endpoint: <c>whsec_test_…</c>, <c>whsec_live_…</c>, or <c>whsec_…</c> without a mode. It is
/// masked in all output (<see cref="ToString"/>, debugger, JSON); only <see cref="Reveal"/> returns the secret, so that every access to it can be found in the
/// code. Instances are immutable and thread-safe.
/// </summary>
/// <remarks>
/// The prefix is followed by 16 to 200 of <c>A-Z a-z 0-9 _ -</c> (contract, "Authentication"). The parser is strict: white space around a secret is an error.
/// Values from the environment, a file or the configuration are trimmed before they are parsed.
/// </remarks>
[DebuggerDisplay("{Hint,nq}")]
[JsonConverter(typeof(WebhookSecretJsonConverter))]
public sealed class WebhookSecret : IEquatable<WebhookSecret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    private WebhookSecret(string text) => _text = text;

    /// <summary>Gets the mode from the prefix; null if the prefix has no mode, in which case the secret can be used in both modes.</summary>
    public KeyMode? Mode => WebhookSecretFormat.GetMode(_text);

    /// <summary>
    /// Gets the masked secret, safe to display: the prefix and the last four characters (<c>whsec_live_…1234</c>). The four characters are included only if at
    /// least 20 characters follow the prefix.
    /// </summary>
    public string Hint => SecretMask.Mask(_text, WebhookSecretFormat.GetPrefixLength(_text));

    /// <summary>Converts a string to a webhook secret; equivalent to <see cref="Parse"/>.</summary>
    /// <param name="text">The secret, without quotes or surrounding white space.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="NodeDataConfigurationException"><paramref name="text"/> is not a webhook secret.</exception>
    public static implicit operator WebhookSecret(string? text) => Parse(text);

    /// <summary>Parses a webhook secret.</summary>
    /// <param name="text">The secret, without quotes or surrounding white space.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="NodeDataConfigurationException">
    /// <paramref name="text"/> is not a webhook secret. The message states the problem and never contains the value.
    /// </exception>
    public static WebhookSecret Parse(string? text) =>
        TryParse(text, out var secret)
            ? secret
            : throw new NodeDataConfigurationException($"The webhook secret {WebhookSecretDiagnostics.Describe(text)}");

    /// <summary>Tries to parse a webhook secret. Never throws.</summary>
    /// <param name="text">The secret, without quotes or surrounding white space.</param>
    /// <param name="secret">The secret, or null if <paramref name="text"/> is not a webhook secret.</param>
    /// <returns><see langword="true"/> if <paramref name="text"/> is a webhook secret; otherwise, <see langword="false"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = WebhookSecretFormat.IsWellFormed(text) ? new WebhookSecret(text!) : null;
        return secret is not null;
    }

    /// <summary>Returns the secret in plain text. Do not pass it to anything that logs.</summary>
    /// <returns>The secret.</returns>
    public string Reveal() => _text;

    /// <summary>Returns the masked secret.</summary>
    /// <returns>The <see cref="Hint"/>.</returns>
    public override string ToString() => Hint;

    /// <summary>Determines whether two secrets are equal, in a time that does not depend on the position of a difference.</summary>
    /// <param name="other">The other secret.</param>
    /// <returns><see langword="true"/> if the secrets are equal; otherwise, <see langword="false"/>.</returns>
    public bool Equals(WebhookSecret? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(_text.AsSpan()), MemoryMarshal.AsBytes(other._text.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WebhookSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
