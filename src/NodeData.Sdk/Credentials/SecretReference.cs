using System.Buffers;
using System.Diagnostics;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// Represents a secret or a reference to one: <c>env:NAME</c> (an environment variable), <c>file:PATH</c> (a file that contains only the secret), a scheme of
/// an <see cref="ISecretResolver"/> (<c>tpm:HANDLE</c> with the package <c>NodeData.Sdk.Tpm</c>), or the secret itself. A reference is resolved on each
/// attempt, and the resolved value is trimmed. In all output a secret is masked and a reference is shown unchanged. Instances are immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(SecretReferenceJsonConverter))]
public sealed class SecretReference : IEquatable<SecretReference>
{
    internal const string EnvironmentScheme = "env";
    internal const string FileScheme = "file";
    internal const string TpmScheme = "tpm";

    private const int MinSchemeLength = 2; // a single letter is a Windows drive

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SecretReference Null = new();

    // Null where the value that was assigned is null.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _text;

    private SecretReference() { }

    /// <summary>Initializes a new instance of the <see cref="SecretReference"/> class. Surrounding white space is trimmed.</summary>
    /// <param name="text">A key, a webhook secret, <c>env:NAME</c> or <c>file:PATH</c>. It is validated when it is used, not by this constructor.</param>
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

    /// <summary>Gets the scheme of the reference, such as <c>file</c>; null if the value is the secret itself.</summary>
    public string? Scheme { get; }

    /// <summary>Gets the text after the scheme, such as a name or a path; null if the text is the secret itself.</summary>
    internal string? Target => Scheme is null ? null : _text![(Scheme.Length + 1)..];

    /// <summary>Gets the reference for messages, to be used only if the scheme is known; a secret accidentally placed after the scheme is masked.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string DisplayText => SecretText.Mask(_text ?? "");

    /// <summary>Gets the secret; null if the text is a reference, or was null.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Literal => Scheme is null ? _text : null;

    /// <summary>
    /// Converts a string to a secret or a reference. A null, such as a missing configuration value, is converted to a reference that fails validation with the
    /// name of its setting; the environment is then not used in its place.
    /// </summary>
    /// <param name="text">A key, a webhook secret, <c>env:NAME</c> or <c>file:PATH</c>.</param>
    /// <returns>The secret or the reference.</returns>
    public static implicit operator SecretReference(string? text) => text is null ? Null : new SecretReference(text);

    /// <summary>Converts an API key to a <see cref="SecretReference"/>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key as a <see cref="SecretReference"/>.</returns>
    public static implicit operator SecretReference(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new SecretReference(key.Reveal());
    }

    /// <summary>Converts a webhook secret to a <see cref="SecretReference"/>.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>The secret as a <see cref="SecretReference"/>.</returns>
    public static implicit operator SecretReference(WebhookSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return new SecretReference(secret.Reveal());
    }

    /// <summary>
    /// Resolves the secret: returns the secret itself, or reads the current value of an <c>env:</c> or <c>file:</c> reference. Use it in a resolver that
    /// requires a secret, such as a token. Do not pass the result to anything that logs.
    /// </summary>
    /// <param name="setting">The name of the setting that contains the reference, for error messages.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="NodeDataConfigurationException">The secret cannot be read, or the reference has a different scheme.</exception>
    public string Resolve(string setting) => SecretReader.BuiltInSchemesOnly.Read(this, setting, CancellationToken.None);

    /// <inheritdoc/>
    public bool Equals(SecretReference? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretReference);

    /// <inheritdoc/>
    public override int GetHashCode() => _text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>Determines whether a string is a valid scheme.</summary>
    internal static bool IsScheme(ReadOnlySpan<char> text) => text.Length >= MinSchemeLength && !text.ContainsAnyExcept(SchemeCharacters);

    /// <summary>Returns a text that is safe to display.</summary>
    /// <returns>
    /// The reference if its scheme is <c>env</c>, <c>file</c> or <c>tpm</c>; a masked secret; <c>(null)</c>; otherwise the number of characters.
    /// </returns>
    public override string ToString() =>
        _text is null ? "(null)"
        : Scheme is EnvironmentScheme or FileScheme or TpmScheme ? DisplayText
        : ApiKey.TryParse(_text, out var key) ? key.Hint
        : WebhookSecret.TryParse(_text, out var secret) ? secret.Hint
        : $"({_text.Length} characters)";
}
