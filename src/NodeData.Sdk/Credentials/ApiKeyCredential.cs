using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>A key held in memory that can be replaced while clients use it. Safe for use by several threads.</summary>
/// <example><c>var credential = new ApiKeyCredential(ApiKey.Parse(text)); var node = new NodeClient(credential); … credential.Update(next);</c></example>
public sealed class ApiKeyCredential : IApiKeyProvider
{
    private volatile ApiKey _key;

    /// <summary>A credential that holds a key.</summary>
    /// <param name="key">The first key; its mode is the credential's for good.</param>
    public ApiKeyCredential(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    /// <summary>The key that the next attempt will use.</summary>
    public ApiKey Current => _key;

    /// <summary>Replaces the key: each attempt that begins from now on uses the new one.</summary>
    /// <param name="key">The new key, of the same mode.</param>
    /// <exception cref="NodeDataConfigurationException">The key is of the other mode; the old one stays.</exception>
    public void Update(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Mode != _key.Mode)
        {
            throw new NodeDataConfigurationException(
                $"The credential holds a {_key.Mode.ToWireValue()} key ({_key.Hint}) and was given a {key.Mode.ToWireValue()} key ({key.Hint}). "
                    + "Test and live never meet: use another client for the other mode."
            );
        }

        _key = key;
    }

    /// <summary>Replaces the key where it still is the one expected.</summary>
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
