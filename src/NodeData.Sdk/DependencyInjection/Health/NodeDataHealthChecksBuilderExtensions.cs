using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NodeData.Sdk;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.DependencyInjection.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that add health checks for Node Data clients.</summary>
public static class NodeDataHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a health check for a registered client. It verifies that the service is reachable, that the key is valid, has the client's mode and the required
    /// scopes, that the key does not expire soon (if the key can read its expiration), that the rate limit is not nearly exhausted, and that the last
    /// configuration change was applied. The data of the check contains each finding, without secrets.
    /// </summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">The name of the check; the default is <c>nodedata</c>, or <c>nodedata-</c> and the client's name.</param>
    /// <param name="clientName">The name of the client; null for the unnamed client.</param>
    /// <param name="requiredScopes">The scopes that the key must have; null if no scope is required.</param>
    /// <param name="expiryWarning">The time before the expiration of the key from which the check reports Degraded; the default is 14 days.</param>
    /// <param name="timeout">The timeout of each call of the check; the default is 5 seconds.</param>
    /// <param name="failureStatus">The status that a failure is reported as; the default is Unhealthy.</param>
    /// <param name="tags">The tags of the check.</param>
    /// <returns>The same builder.</returns>
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
    /// Adds a health check for the account's keys, which reports Degraded if a key is due or overdue for rotation. The data of the check also contains keys
    /// that were never used, are idle, or have no expiration; each with its ID and name, without secrets. The client's key needs full access. The check lists
    /// all keys, so run it infrequently.
    /// </summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="policy">The rotation policy; if null, the defaults of <see cref="ApiKeyRotationPolicy"/> are used.</param>
    /// <param name="name">The name of the check; the default is <c>nodedata-key-rotation</c>, or <c>nodedata-key-rotation-</c> and the client's name.</param>
    /// <param name="clientName">The name of the client; null for the unnamed client.</param>
    /// <param name="timeout">The timeout of each call of the check; the default is 5 seconds.</param>
    /// <param name="failureStatus">The status that is reported if the keys could not be listed; the default is Unhealthy.</param>
    /// <param name="tags">The tags of the check.</param>
    /// <returns>The same builder.</returns>
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
