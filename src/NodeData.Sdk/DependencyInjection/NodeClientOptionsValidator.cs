using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// Validates the options when the host starts and when the configuration changes. All errors are reported in one message; unknown settings are logged once.
/// </summary>
internal sealed class NodeClientOptionsValidator : IValidateOptions<NodeClientOptions>
{
    private readonly ConcurrentDictionary<string, bool> _logged = [];

    public ValidateOptionsResult Validate(string? name, NodeClientOptions options)
    {
        LogUnknownSettings(options);
        string[] errors =
        [
            .. NodeClientOptionsRules.ValidateKey(options),
            .. NodeClientOptionsRules.ValidateWebhookSecrets(options),
            .. NodeClientOptionsRules.Validate(options, httpClientAddress: null),
        ];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private void LogUnknownSettings(NodeClientOptions options)
    {
        var logger = options.LoggerFactory?.CreateLogger<NodeClient>() ?? NullLogger<NodeClient>.Instance;
        foreach (var problem in options.UnknownSettings.Where(problem => _logged.TryAdd(problem, true)))
        {
            logger.UnknownSetting(problem);
        }
    }
}
