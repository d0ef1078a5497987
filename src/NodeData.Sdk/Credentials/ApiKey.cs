using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// An API key: <c>nd_test_…</c> or <c>nd_live_…</c>. It prints masked everywhere (text, debugger, JSON); only <see cref="Reveal"/> gives the secret,
/// so that every use of it can be found. Immutable and safe for use by several threads.
/// </summary>
/// <remarks>
/// What follows the prefix is one or more of <c>A-Z a-z 0-9 _ -</c>, 255 characters in all at most (contract, "Authentication"). The parser is strict:
/// white space around a key is a mistake here; what reads keys from the environment, a file or configuration trims it first.
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

    /// <summary>The mode, from the prefix.</summary>
    public KeyMode Mode { get; }

    /// <summary>
    /// The key as it may be shown: its prefix and its last four characters (<c>nd_live_…1234</c>), the four only where at least 20 characters follow
    /// the prefix.
    /// </summary>
    public string Hint => SecretMask.Mask(_text, ApiKeyFormat.PrefixLength);

    /// <summary>The header's value, made once for each key: it is read by each attempt of each call.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string Authorization => _authorization ??= "Bearer " + _text;

    /// <summary>Reads a key.</summary>
    /// <param name="text">The key alone: no quotes, no <c>Bearer</c>, no white space around it.</param>
    /// <exception cref="NodeDataConfigurationException">
    /// The text is no key. The message says which of the known mistakes it is and never repeats the text.
    /// </exception>
    public static ApiKey Parse(string? text) =>
        TryParse(text, out var key) ? key : throw new NodeDataConfigurationException($"The API key {ApiKeyDiagnostics.Describe(text)}");

    /// <summary>Reads a key where the text is one. Never throws.</summary>
    /// <param name="text">The key alone: no quotes, no <c>Bearer</c>, no white space around it.</param>
    /// <param name="key">The key, or null.</param>
    /// <returns>Whether the text is a key.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = ApiKeyFormat.GetMode(text) is { } mode ? new ApiKey(text!, mode) : null;
        return key is not null;
    }

    /// <summary>The secret itself. Hand it to what needs it, and to nothing that logs.</summary>
    public string Reveal() => _text;

    /// <summary>The masked form, <see cref="Hint"/>.</summary>
    public override string ToString() => Hint;

    /// <summary>Whether both are the same key; the time taken does not depend on where they differ.</summary>
    public bool Equals(ApiKey? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(_text.AsSpan()), MemoryMarshal.AsBytes(other._text.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
