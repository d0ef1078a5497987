using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NodeData.Sdk;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.DependencyInjection.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks of Node Data clients.</summary>
public static class NodeDataHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of a registered client: the service is reachable, the key accepted and of the client's mode, every scope needed is there, the key is not
    /// about to expire (where the key may read that), the rate limit is not nearly used up, and the last change of the configuration was taken. Each finding
    /// is in the check's data, without a secret.
    /// </summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">The name of the check; the default is <c>nodedata</c>, or <c>nodedata-</c> and the client's name.</param>
    /// <param name="clientName">Which client; null for the one without a name.</param>
    /// <param name="requiredScopes">What the key must be allowed to do; null for nothing in particular.</param>
    /// <param name="expiryWarning">How long before its expiry a key degrades the check; the default is 14 days.</param>
    /// <param name="timeout">How long the check may take; the default is 5 seconds.</param>
    /// <param name="failureStatus">What a failure is reported as; the default is unhealthy.</param>
    /// <param name="tags">Tags of the check.</param>
    public static IHealthChecksBuilder AddNodeData(
        this IHealthChecksBuilder builder,
        string? name = null,
        string? clientName = null,
        IReadOnlyCollection<ApiKeyScope>? requiredScopes = null,
        TimeSpan? expiryWarning = null,
        TimeSpan? timeout = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var expectations = new HealthExpectations
        {
            RequiredScopes = requiredScopes ?? [],
            ExpiryWarning = expiryWarning ?? HealthExpectations.DefaultExpiryWarning,
            Timeout = timeout ?? HealthExpectations.DefaultTimeout,
        };
        var client = clientName ?? Options.Options.DefaultName;
        return builder.Add(
            new HealthCheckRegistration(
                name ?? (client.Length == 0 ? "nodedata" : $"nodedata-{client}"),
                services => new NodeDataHealthCheck(
                    services.GetRequiredKeyedService<RegisteredClient>(client),
                    expectations,
                    services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().Get(client).TimeProvider
                ),
                failureStatus,
                tags
            )
        );
    }

    /// <summary>
    /// Adds a check of the account's keys: those that are due or overdue degrade it in time. In its data also those never used, idle, and without an expiry;
    /// each by id and name, without a secret. The client's key needs full access. It asks for all keys, so run it seldom.
    /// </summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="policy">When keys are due; null for the defaults of <see cref="ApiKeyRotationPolicy"/>.</param>
    /// <param name="name">The name of the check; the default is <c>nodedata-key-rotation</c>, or that with a dash and the client's name.</param>
    /// <param name="clientName">Which client; null for the one without a name.</param>
    /// <param name="timeout">How long each of its calls may take; the default is 5 seconds.</param>
    /// <param name="failureStatus">What is reported where the keys could not be looked at; the default is unhealthy.</param>
    /// <param name="tags">Tags of the check.</param>
    public static IHealthChecksBuilder AddNodeDataKeyRotation(
        this IHealthChecksBuilder builder,
        ApiKeyRotationPolicy? policy = null,
        string? name = null,
        string? clientName = null,
        TimeSpan? timeout = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var client = clientName ?? Options.Options.DefaultName;
        return builder.Add(
            new HealthCheckRegistration(
                name ?? (client.Length == 0 ? "nodedata-key-rotation" : $"nodedata-key-rotation-{client}"),
                services => new ApiKeyRotationHealthCheck(
                    services.GetRequiredKeyedService<RegisteredClient>(client).Client,
                    policy ?? new ApiKeyRotationPolicy(),
                    timeout ?? HealthExpectations.DefaultTimeout,
                    services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().Get(client).TimeProvider
                ),
                failureStatus,
                tags
            )
        );
    }
}
