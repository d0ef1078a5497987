using NodeData.Sdk.Configuration;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>The key of a registered client, which follows its options and never changes its mode.</summary>
internal sealed class ReloadingKeys : IApiKeyProvider
{
    private readonly string _setting;
    private volatile ReferencedKey _current;

    public ReloadingKeys(string clientName, NodeClientOptions first)
    {
        _setting = $"{NodeDataSection.PathOf(clientName)}:{nameof(first.ApiKey)}";
        _current = NodeClientOptionsReader.KeysOf(first);
        Mode = _current.GetKey(CancellationToken.None).Mode;
    }

    public KeyMode Mode { get; }

    public ApiKey GetKey(CancellationToken cancellationToken) => _current.GetKey(cancellationToken);

    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => _current.GetKeyAsync(cancellationToken);

    /// <summary>Looks at the key of other options.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be used.</exception>
    public ReferencedKey Check(NodeClientOptions options)
    {
        var keys = NodeClientOptionsReader.KeysOf(options);
        var key = keys.GetKey(CancellationToken.None);
        if (key.Mode != Mode)
        {
            throw new NodeDataConfigurationException(
                $"{_setting} was changed to a key of the other mode ({key.Hint}). Test and live never meet: restart with another client."
            );
        }

        return keys;
    }

    /// <summary>Goes over to a key that was checked.</summary>
    public void Use(ReferencedKey keys) => _current = keys;
}
