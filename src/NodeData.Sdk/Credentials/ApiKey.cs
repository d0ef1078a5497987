using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// Represents an API key: <c>nd_test_…</c> or <c>nd_live_…</c>. It is masked in all output (<see cref="ToString"/>, debugger, JSON); only <see cref="Reveal"/>
/// returns the secret, so that every access to it can be found in the code. Instances are immutable and thread-safe.
/// </summary>
/// <remarks>
/// The prefix is followed by one or more of <c>A-Z a-z 0-9 _ -</c>; a key has at most 255 characters in total (contract, "Authentication"). The parser is
/// strict: white space around a key is an error. Values from the environment, a file or the configuration are trimmed before they are parsed.
/// </remarks>
[DebuggerDisplay("{Hint,nq}")]
[JsonConverter(typeof(ApiKeyJsonConverter))]
public sealed class ApiKey : IEquatable<ApiKey>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string? _authorization;

    private ApiKey(string text, KeyMode mode)
    {
        _text = text;
        Mode = mode;
    }

    /// <summary>Gets the mode from the prefix.</summary>
    public KeyMode Mode { get; }

    /// <summary>
    /// Gets the masked key, safe to display: the prefix and the last four characters (<c>nd_live_…1234</c>). The four characters are included only if at
    /// least 20 characters follow the prefix.
    /// </summary>
    public string Hint => SecretMask.Mask(_text, ApiKeyFormat.PrefixLength);

    /// <summary>Gets where the client read the key, for messages: a setting, with its reference; null for a key of a provider.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Source { get; private init; }

    /// <summary>Gets the value of the Authorization header. It is cached, because each attempt of each call uses it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string Authorization => _authorization ??= "Bearer " + _text;

    /// <summary>Parses an API key.</summary>
    /// <param name="text">The key, without quotes, <c>Bearer</c> or surrounding white space.</param>
    /// <returns>The key.</returns>
    /// <exception cref="NodeDataConfigurationException">
    /// <paramref name="text"/> is not an API key. The message states the problem and never contains the value.
    /// </exception>
    public static ApiKey Parse(string? text) =>
        TryParse(text, out var key) ? key : throw new NodeDataConfigurationException($"The API key {ApiKeyDiagnostics.Describe(text)}");

    /// <summary>Tries to parse an API key. Never throws.</summary>
    /// <param name="text">The key, without quotes, <c>Bearer</c> or surrounding white space.</param>
    /// <param name="key">The key, or null if <paramref name="text"/> is not an API key.</param>
    /// <returns><see langword="true"/> if <paramref name="text"/> is an API key; otherwise, <see langword="false"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = ApiKeyFormat.GetMode(text) is { } mode ? new ApiKey(text!, mode) : null;
        return key is not null;
    }

    /// <summary>Creates the same key with the place where it was read.</summary>
    internal ApiKey WithSource(string source) => new(_text, Mode) { Source = source };

    /// <summary>Returns the key in plain text. Do not pass it to anything that logs.</summary>
    /// <returns>The key.</returns>
    public string Reveal() => _text;

    /// <summary>Returns the masked key.</summary>
    /// <returns>The <see cref="Hint"/>.</returns>
    public override string ToString() => Hint;

    /// <summary>Determines whether two keys are equal, in a time that does not depend on the position of a difference.</summary>
    /// <param name="other">The other key.</param>
    /// <returns><see langword="true"/> if the keys are equal; otherwise, <see langword="false"/>.</returns>
    public bool Equals(ApiKey? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(_text.AsSpan()), MemoryMarshal.AsBytes(other._text.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
