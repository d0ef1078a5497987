using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>Validates the options when the host starts. All errors are reported in one message.</summary>
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
