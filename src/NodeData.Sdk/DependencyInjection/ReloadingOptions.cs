using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// The options of a client as the configuration changes them. A change that cannot be used leaves the last good values where they are, is logged,
/// and stays readable in <see cref="RejectedChange"/> until a good change comes. (An options monitor would throw at each read after a bad change.)
/// </summary>
internal sealed class ReloadingOptions : IDisposable
{
    private readonly string _clientName;
    private readonly Func<NodeClientOptions> _read;
    private readonly ILogger _logger;
    private readonly Action<NodeClientOptions> _apply;
    private readonly IDisposable? _changeRegistration;
    private volatile string? _rejectedChange;

    public ReloadingOptions(
        string clientName,
        Func<NodeClientOptions> read,
        IConfiguration? configuration,
        ILogger logger,
        Action<NodeClientOptions> apply
    )
    {
        _clientName = clientName;
        _read = read;
        _logger = logger;
        _apply = apply;
        _changeRegistration = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Why the last change of the configuration was not taken; null where it was.</summary>
    public string? RejectedChange => _rejectedChange;

    public void Dispose() => _changeRegistration?.Dispose();

    private void Reload()
    {
        try
        {
            _apply(_read());
            _rejectedChange = null;
        }
        catch (Exception failure) when (failure is OptionsValidationException or NodeDataConfigurationException)
        {
            Reject(failure.Message);
        }
        catch (Exception failure)
        {
            // From a delegate of the application's. Whoever changed the configuration must not meet it, and its message may hold anything.
            Reject($"A delegate that configures NodeClientOptions failed ({failure.GetType().Name}).");
        }
    }

    private void Reject(string reason)
    {
        _rejectedChange = reason;
        _logger.ConfigurationChangeRejected(NodeDataSection.GetPath(_clientName), reason);
    }
}
