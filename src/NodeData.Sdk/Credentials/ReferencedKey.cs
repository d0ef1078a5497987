namespace NodeData.Sdk.Credentials;

/// <summary>The key that a setting holds or points to, read anew for each attempt.</summary>
internal sealed class ReferencedKey(SecretReference reference, string setting, SecretReader reader) : IApiKeyProvider
{
    // The last text that was a key, with the key made of it: as long as the place holds the same text, no new key is made.
    private volatile ApiKey? _last;

    public ApiKey GetKey(CancellationToken cancellationToken) => KeyOf(reader.Read(reference, setting, cancellationToken));

    public async ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) =>
        KeyOf(await reader.ReadAsync(reference, setting, cancellationToken).ConfigureAwait(false));

    private ApiKey KeyOf(string text)
    {
        if (_last is { } last && string.Equals(last.Reveal(), text, StringComparison.Ordinal))
        {
            return last;
        }

        if (!ApiKey.TryParse(text, out var key))
        {
            throw new NodeDataConfigurationException($"{SecretReader.PlaceOf(reference, setting)} {ApiKeyMistake.Of(text)}");
        }

        return _last = key;
    }
}
