using System.Buffers;
using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// A secret, or where it lies: <c>env:NAME</c> (an environment variable), <c>file:PATH</c> (a file that holds the secret alone), what an
/// <see cref="ISecretResolver"/> adds (<c>tpm:HANDLE</c> with the package <c>NodeData.Sdk.Tpm</c>), or the secret itself. What a reference points to is read
/// anew for each attempt, and trimmed. It prints masked; a reference prints as it is. Immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(SecretReferenceJsonConverter))]
public sealed class SecretReference : IEquatable<SecretReference>
{
    internal const string EnvironmentScheme = "env";
    internal const string FileScheme = "file";
    internal const string TpmScheme = "tpm";

    private const int MinSchemeLength = 2; // one alone is a drive

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    /// <summary>A secret or a reference by its text; white space around it is dropped.</summary>
    /// <param name="text">A key, a webhook secret, <c>env:NAME</c> or <c>file:PATH</c>. It is looked at when it is used, not here.</param>
    public SecretReference(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text.Trim();
        var colon = _text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && IsScheme(_text.AsSpan(0, colon)))
        {
            Scheme = _text[..colon];
        }
    }

    /// <summary>The scheme of a reference, such as <c>file</c>; null where the text is the secret itself.</summary>
    public string? Scheme { get; }

    /// <summary>What stands behind the scheme: a name, a path. Null where the text is the secret itself.</summary>
    internal string? Target => Scheme is null ? null : _text[(Scheme.Length + 1)..];

    /// <summary>The whole reference for a message, once its scheme is known to be one; a secret that was put behind it by mistake is masked.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string DisplayText => SecretText.Mask(_text);

    /// <summary>The secret itself, where it stands here.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Literal => Scheme is null ? _text : null;

    /// <summary>A secret or a reference by its text.</summary>
    public static implicit operator SecretReference(string text) => new(text);

    /// <summary>The secret itself.</summary>
    public static implicit operator SecretReference(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new SecretReference(key.Reveal());
    }

    /// <summary>The secret itself.</summary>
    public static implicit operator SecretReference(WebhookSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return new SecretReference(secret.Reveal());
    }

    /// <summary>
    /// The secret itself, or what <c>env:</c> or <c>file:</c> points to now: for a resolver that needs a secret of its own. Hand it to what needs it, and to
    /// nothing that logs.
    /// </summary>
    /// <param name="setting">How errors name what holds the reference.</param>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, or it is of another scheme.</exception>
    public string Resolve(string setting) => SecretReader.BuiltInSchemesOnly.Read(this, setting, CancellationToken.None);

    /// <inheritdoc/>
    public bool Equals(SecretReference? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretReference);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether a text can be the scheme of a reference.</summary>
    internal static bool IsScheme(ReadOnlySpan<char> text) => text.Length >= MinSchemeLength && !text.ContainsAnyExcept(SchemeCharacters);

    /// <summary>A reference as it is where its scheme is <c>env</c>, <c>file</c> or <c>tpm</c>; a secret masked; anything else as its length.</summary>
    public override string ToString() =>
        Scheme is EnvironmentScheme or FileScheme or TpmScheme ? DisplayText
        : ApiKey.TryParse(_text, out var key) ? key.Hint
        : WebhookSecret.TryParse(_text, out var secret) ? secret.Hint
        : $"({_text.Length} characters)";
}
