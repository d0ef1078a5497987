using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register the TPM secret resolver.</summary>
public static class NodeDataTpmServiceCollectionExtensions
{
    /// <summary>
    /// Adds support for <c>tpm:HANDLE</c> references in the key and webhook secret settings of every client and webhook receiver of the application. Repeated
    /// calls register the resolver once; the delegates are applied in the order of the calls.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Configures the options; unset options come from <c>NODE_DATA_TPM</c> and <c>NODE_DATA_TPM_AUTHORIZATION</c>.</param>
    /// <returns>The same services.</returns>
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
