namespace NodeData.Sdk.Credentials;

/// <summary>The key that a setting holds or points to, read anew for each attempt.</summary>
internal sealed class SecretReferenceKeyProvider(SecretReference reference, string setting, SecretReader reader) : IApiKeyProvider
{
    // The last text that was a key, with the key made of it: as long as the place holds the same text, no new key is made.
    private volatile ApiKey? _cached;

    public ApiKey GetKey(CancellationToken cancellationToken) => ToApiKey(reader.Read(reference, setting, cancellationToken));

    public async ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) =>
        ToApiKey(await reader.ReadAsync(reference, setting, cancellationToken).ConfigureAwait(false));

    private ApiKey ToApiKey(string text)
    {
        if (_cached is { } cached && string.Equals(cached.Reveal(), text, StringComparison.Ordinal))
        {
            return cached;
        }

        if (!ApiKey.TryParse(text, out var key))
        {
            throw new NodeDataConfigurationException($"{SecretReader.FormatSource(reference, setting)} {ApiKeyDiagnostics.Describe(text)}");
        }

        return _cached = key;
    }
}
