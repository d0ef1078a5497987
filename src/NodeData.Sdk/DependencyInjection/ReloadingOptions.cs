using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// The options of a client as the configuration changes them. A change that cannot be used leaves the last good values where they are, is logged,
/// and stays readable in <see cref="RefusedChange"/> until a good change comes. (An options monitor would throw at each read after a bad change.)
/// </summary>
internal sealed class ReloadingOptions : IDisposable
{
    private readonly string _clientName;
    private readonly Func<NodeClientOptions> _read;
    private readonly ILogger _logger;
    private readonly Action<NodeClientOptions> _take;
    private readonly IDisposable? _watching;
    private volatile string? _refusedChange;

    public ReloadingOptions(
        string clientName,
        Func<NodeClientOptions> read,
        IConfiguration? configuration,
        ILogger logger,
        Action<NodeClientOptions> take
    )
    {
        _clientName = clientName;
        _read = read;
        _logger = logger;
        _take = take;
        _watching = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Why the last change of the configuration was not taken; null where it was.</summary>
    public string? RefusedChange => _refusedChange;

    public void Dispose() => _watching?.Dispose();

    private void Reload()
    {
        try
        {
            _take(_read());
            _refusedChange = null;
        }
        catch (Exception failure) when (failure is OptionsValidationException or NodeDataConfigurationException)
        {
            Refuse(failure.Message);
        }
        catch (Exception failure)
        {
            // From a delegate of the application's. Whoever changed the configuration must not meet it, and its message may hold anything.
            Refuse($"A delegate that configures NodeClientOptions failed ({failure.GetType().Name}).");
        }
    }

    private void Refuse(string reason)
    {
        _refusedChange = reason;
        _logger.ConfigurationChangeRefused(NodeDataSection.PathOf(_clientName), reason);
    }
}
