using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what reads secrets from a TPM.</summary>
public static class NodeDataTpmServiceCollectionExtensions
{
    /// <summary>
    /// Lets every client and every receiver of webhooks of the application take <c>tpm:HANDLE</c> where a key or a webhook secret is set. Called again, it
    /// registers nothing twice; the delegates are applied in the order of the calls.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; what it leaves out comes from <c>NODE_DATA_TPM</c> and <c>NODE_DATA_TPM_AUTHORIZATION</c>.</param>
    public static IServiceCollection AddNodeDataTpm(this IServiceCollection services, Action<TpmSecretOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<TpmSecretOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ISecretResolver, TpmSecretResolver>(static provider => new TpmSecretResolver(
                provider.GetRequiredService<IOptions<TpmSecretOptions>>().Value
            ))
        );
        return configure is null ? services : services.Configure(configure);
    }
}
