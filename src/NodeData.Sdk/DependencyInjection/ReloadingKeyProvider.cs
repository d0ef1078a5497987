using NodeData.Sdk.Configuration;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>Provides the key of a registered client. The key is updated when the options change; its mode never changes.</summary>
internal sealed class ReloadingKeyProvider : IApiKeyProvider
{
    private readonly string _setting;
    private volatile SecretReferenceKeyProvider _current;
    private volatile ApiKey? _held;

    public ReloadingKeyProvider(string clientName, NodeClientOptions options)
    {
        _setting = $"{NodeDataSection.GetPath(clientName)}:{nameof(options.ApiKey)}";
        _current = NodeClientOptionsReader.CreateKeyProvider(options);
        Mode = _current.GetKey(CancellationToken.None).Mode;
    }

    public KeyMode Mode { get; }

    public ApiKey GetKey(CancellationToken cancellationToken) => _held ?? _current.GetKey(cancellationToken);

    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) =>
        _held is { } held ? ValueTask.FromResult(held) : _current.GetKeyAsync(cancellationToken);

    /// <summary>Validates the key of changed options.</summary>
    /// <exception cref="NodeDataConfigurationException">The key is invalid or has a different mode.</exception>
    public SecretReferenceKeyProvider Validate(NodeClientOptions options)
    {
        var keyProvider = NodeClientOptionsReader.CreateKeyProvider(options);
        var key = keyProvider.GetKey(CancellationToken.None);
        if (key.Mode != Mode)
        {
            throw new NodeDataConfigurationException(
                $"{_setting} was changed to a key of a different mode ({key.Hint}). Test and live mode are isolated: restart the application to change the "
                    + "mode, or use a separate client for each mode."
            );
        }

        return keyProvider;
    }

    /// <summary>
    /// Keeps the last key that was read until <see cref="SwitchTo"/> is called, whatever a reference contains meanwhile: the address was changed, the client
    /// still sends to the previous one, and a new key may be meant for the new address only.
    /// </summary>
    public void Hold() => _held ??= _current.LastKey;

    /// <summary>Determines whether a validated key is used only after a restart.</summary>
    public bool IsWaiting(SecretReferenceKeyProvider keyProvider) => _held is { } held && !held.Equals(keyProvider.LastKey);

    /// <summary>Switches to a validated key.</summary>
    public void SwitchTo(SecretReferenceKeyProvider keyProvider)
    {
        _current = keyProvider;
        _held = null;
    }
}
