using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>Refuses options that cannot be used, all mistakes in one message, when the host starts.</summary>
internal sealed class NodeClientOptionsValidator : IValidateOptions<NodeClientOptions>
{
    public ValidateOptionsResult Validate(string? name, NodeClientOptions options)
    {
        string[] mistakes =
        [
            .. NodeClientOptionsRules.MistakesInKey(options),
            .. NodeClientOptionsRules.MistakesInWebhookSecrets(options),
            .. NodeClientOptionsRules.MistakesIn(options, callersAddress: null),
        ];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
