using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// The key of a registered client, which follows the configuration. A change that cannot be used leaves the last good key where it is, is logged, and stays
/// readable in <see cref="RefusedChange"/> until a good change comes. (An options monitor would throw at each read after a bad change.)
/// </summary>
internal sealed class ReloadingKeys : IApiKeyProvider, IDisposable
{
    private readonly string _clientName;
    private readonly IOptionsFactory<NodeClientOptions> _options;
    private readonly ILogger<NodeClient> _logger;
    private readonly IDisposable? _watching;
    private readonly KeyMode _mode;
    private volatile ReferencedKey _current;
    private volatile string? _refusedChange;

    public ReloadingKeys(
        string clientName,
        NodeClientOptions first,
        IOptionsFactory<NodeClientOptions> options,
        IConfiguration? configuration,
        ILogger<NodeClient> logger
    )
    {
        _clientName = clientName;
        _options = options;
        _logger = logger;
        var keys = NodeClientOptionsReader.KeysOf(first);
        _mode = keys.GetKey(CancellationToken.None).Mode;
        _current = keys;
        _watching = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Why the last change of the configuration was not taken; null where it was.</summary>
    public string? RefusedChange => _refusedChange;

    public ApiKey GetKey(CancellationToken cancellationToken) => _current.GetKey(cancellationToken);

    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => _current.GetKeyAsync(cancellationToken);

    public void Dispose() => _watching?.Dispose();

    private void Reload()
    {
        var path = NodeDataSection.PathOf(_clientName);
        try
        {
            var keys = NodeClientOptionsReader.KeysOf(_options.Create(_clientName));
            var key = keys.GetKey(CancellationToken.None);
            if (key.Mode != _mode)
            {
                Refuse(
                    path,
                    $"{path}:ApiKey was changed to a key of the other mode ({key.Hint}). Test and live never meet: restart with another client."
                );
                return;
            }

            _current = keys;
            _refusedChange = null;
        }
        catch (Exception failure) when (failure is OptionsValidationException or NodeDataConfigurationException)
        {
            Refuse(path, failure.Message);
        }
        catch (Exception failure)
        {
            // From a delegate of the application's. Whoever changed the configuration must not meet it, and its message may hold anything.
            Refuse(path, $"A delegate that configures NodeClientOptions failed ({failure.GetType().Name}).");
        }
    }

    private void Refuse(string path, string reason)
    {
        _refusedChange = reason;
        _logger.ConfigurationChangeRefused(path, reason);
    }
}
