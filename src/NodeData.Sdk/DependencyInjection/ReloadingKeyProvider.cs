using NodeData.Sdk.Configuration;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>The key of a registered client, which follows its options and never changes its mode.</summary>
internal sealed class ReloadingKeyProvider : IApiKeyProvider
{
    private readonly string _setting;
    private volatile SecretReferenceKeyProvider _current;

    public ReloadingKeyProvider(string clientName, NodeClientOptions options)
    {
        _setting = $"{NodeDataSection.GetPath(clientName)}:{nameof(options.ApiKey)}";
        _current = NodeClientOptionsReader.CreateKeyProvider(options);
        Mode = _current.GetKey(CancellationToken.None).Mode;
    }

    public KeyMode Mode { get; }

    public ApiKey GetKey(CancellationToken cancellationToken) => _current.GetKey(cancellationToken);

    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => _current.GetKeyAsync(cancellationToken);

    /// <summary>Looks at the key of other options.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be used.</exception>
    public SecretReferenceKeyProvider Validate(NodeClientOptions options)
    {
        var keyProvider = NodeClientOptionsReader.CreateKeyProvider(options);
        var key = keyProvider.GetKey(CancellationToken.None);
        if (key.Mode != Mode)
        {
            throw new NodeDataConfigurationException(
                $"{_setting} was changed to a key of the other mode ({key.Hint}). Test and live never meet: restart with another client."
            );
        }

        return keyProvider;
    }

    /// <summary>Goes over to a key that was checked.</summary>
    public void SwitchTo(SecretReferenceKeyProvider keyProvider) => _current = keyProvider;
}
