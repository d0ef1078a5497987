using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>Provides an API key from memory. The key can be replaced while clients use it. Thread-safe.</summary>
/// <example><c>var credential = new ApiKeyCredential(ApiKey.Parse(text)); var node = new NodeClient(credential); … credential.Update(next);</c></example>
public sealed class ApiKeyCredential : IApiKeyProvider
{
    private volatile ApiKey _key;

    /// <summary>Initializes a new instance of the <see cref="ApiKeyCredential"/> class.</summary>
    /// <param name="key">The initial key. The mode of the credential is the mode of this key and cannot be changed.</param>
    public ApiKeyCredential(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    /// <summary>Gets the key that the next attempt uses.</summary>
    public ApiKey Current => _key;

    /// <summary>Replaces the key. Attempts that start after this call use the new key.</summary>
    /// <param name="key">The new key, of the same mode.</param>
    /// <exception cref="NodeDataConfigurationException">The key has a different mode; the current key is unchanged.</exception>
    public void Update(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Mode != _key.Mode)
        {
            throw new NodeDataConfigurationException(
                $"The credential holds a {_key.Mode.ToWireValue()} key ({_key.Hint}) and was given a {key.Mode.ToWireValue()} key ({key.Hint}). "
                    + "Test and live mode are isolated: use a separate client for each mode."
            );
        }

        _key = key;
    }

    /// <summary>Replaces the key if the current key is the expected one.</summary>
    internal void Replace(ApiKey expected, ApiKey key)
    {
        var current = _key;
        if (current.Equals(expected))
        {
            Interlocked.CompareExchange(ref _key, key, current);
        }
    }

    /// <inheritdoc/>
    public ApiKey GetKey(CancellationToken cancellationToken) => _key;

    /// <inheritdoc/>
    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_key);
}
