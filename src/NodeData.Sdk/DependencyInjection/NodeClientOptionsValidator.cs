using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>Refuses options that cannot be used, all mistakes in one message, when the host starts.</summary>
internal sealed class NodeClientOptionsValidator : IValidateOptions<NodeClientOptions>
{
    public ValidateOptionsResult Validate(string? name, NodeClientOptions options)
    {
        string[] errors =
        [
            .. NodeClientOptionsRules.ValidateKey(options),
            .. NodeClientOptionsRules.ValidateWebhookSecrets(options),
            .. NodeClientOptionsRules.Validate(options, httpClientAddress: null),
        ];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
