using Microsoft.Extensions.Options;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>Refuses options that cannot be used, all mistakes in one message, when the host starts.</summary>
internal sealed class RedisOptionsValidator : IValidateOptions<RedisWebhookClaimStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisWebhookClaimStoreOptions options)
    {
        string[] errors = [.. options.GetErrors()];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
