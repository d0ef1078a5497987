using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// Applies configuration changes to a client. An invalid change is logged, and the last valid values stay in use; the reason is available in
/// <see cref="RejectedChange"/> until a valid change is applied. (An options monitor would throw on each read after an invalid change.)
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

    /// <summary>Gets the reason why the last change of the configuration was rejected; null if it was applied.</summary>
    public string? RejectedChange => _rejectedChange;

    public void Dispose() => _changeRegistration?.Dispose();

    private void Reload()
    {
        try
        {
            _apply(_read());
            _rejectedChange = null;
        }
        catch (Exception exception) when (exception is OptionsValidationException or NodeDataConfigurationException)
        {
            Reject(exception.Message);
        }
        catch (Exception exception)
        {
            // Thrown by a delegate of the application. It must not be propagated to the code that changed the configuration, and its message may contain a
            // secret.
            Reject($"A delegate that configures NodeClientOptions failed ({exception.GetType().Name}).");
        }
    }

    private void Reject(string reason)
    {
        _rejectedChange = reason;
        _logger.ConfigurationChangeRejected(NodeDataSection.GetPath(_clientName), reason);
    }
}
