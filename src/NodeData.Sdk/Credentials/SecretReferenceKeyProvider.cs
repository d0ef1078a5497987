namespace NodeData.Sdk.Credentials;

/// <summary>Provides the key that a setting contains or refers to. A reference is resolved on each attempt.</summary>
internal sealed class SecretReferenceKeyProvider(SecretReference reference, string setting, SecretReader reader) : IApiKeyProvider
{
    // The last key that was read. It is reused if the source still contains the same value.
    private volatile ApiKey? _cached;

    /// <summary>Gets the last key that was read; null if none was read yet.</summary>
    public ApiKey? LastKey => _cached;

    public ApiKey GetKey(CancellationToken cancellationToken) => ToApiKey(reader.Read(reference, setting, cancellationToken));

    public async ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) =>
        ToApiKey(await reader.ReadAsync(reference, setting, cancellationToken).ConfigureAwait(false));

    private ApiKey ToApiKey(string text)
    {
        if (_cached is { } cached && string.Equals(cached.Reveal(), text, StringComparison.Ordinal))
        {
            return cached;
        }

        var source = SecretReader.FormatSource(reference, setting);
        if (!ApiKey.TryParse(text, out var key))
        {
            throw new NodeDataConfigurationException($"{source} {ApiKeyDiagnostics.Describe(text)}");
        }

        return _cached = key.WithSource(source);
    }
}
