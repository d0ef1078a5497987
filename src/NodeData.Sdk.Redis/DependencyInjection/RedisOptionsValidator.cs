using Microsoft.Extensions.Options;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>Validates the options when the host starts. All errors are reported together.</summary>
internal sealed class RedisOptionsValidator : IValidateOptions<RedisWebhookClaimStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisWebhookClaimStoreOptions options)
    {
        string[] errors = [.. options.GetErrors()];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
