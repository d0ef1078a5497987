using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NodeData.Sdk.DependencyInjection.Health;

/// <summary>Gets the account of the key from the service, and checks the response.</summary>
internal sealed class NodeDataHealthCheck(RegisteredClient registeredClient, HealthExpectations expectations, TimeProvider timeProvider)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = new HealthFindings("Node Data is reachable and accepts the key.");
        if (registeredClient.RejectedChange is { } reason)
        {
            findings.AddData("configuration", reason);
            findings.AddWarning($"A configuration change was rejected: {reason}");
        }

        NodeResponseInfo? response = null;
        var node = registeredClient.Client.WithOptions(
            new NodeRequestOptions
            {
                Timeout = expectations.Timeout,
                MaxRetries = 0,
                OnResponse = info => response = info,
            }
        );
        try
        {
            var account = await node.Me.GetAsync(cancellationToken).ConfigureAwait(false);
            CheckKey(account.Key, findings);
            await CheckExpiryAsync(node, account.Key, findings, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeDataException exception)
        {
            findings.AddData("error", exception.Message);
            findings.AddFailure(exception.Message);
        }

        findings.AddData("reachable", response is not null);
        CheckRateLimit(response?.RateLimit, findings);
        return findings.ToResult(context.Registration.FailureStatus);
    }

    private void CheckKey(NodeAccountKey? key, HealthFindings findings)
    {
        var mode = registeredClient.Client.Mode;
        findings.AddData("mode", mode.ToString());
        findings.AddData("scopes", key?.Scopes?.ToString());
        if (key?.Mode is { } serviceMode && serviceMode != mode)
        {
            findings.AddFailure($"The service reports the key as a {serviceMode} key, and the client as a {mode} key.");
        }

        if (expectations.RequiredScopes.Count == 0)
        {
            return;
        }

        if (key?.Scopes is not { } scopes)
        {
            findings.AddWarning("The service does not report the scopes of the key.");
            return;
        }

        var missing = string.Join(' ', expectations.RequiredScopes.Where(scope => !scopes.Allows(scope)));
        if (missing.Length > 0)
        {
            findings.AddData("missing_scopes", missing);
            findings.AddFailure($"The key lacks: {missing}. Use a key that has them.");
        }
    }

    // Only a key with full access can read the expiration of a key; for any other key, the expiration is unknown.
    private async Task CheckExpiryAsync(NodeClient node, NodeAccountKey? key, HealthFindings findings, CancellationToken cancellationToken)
    {
        if (key is not { Id: { } id, Scopes.IsFullAccess: true })
        {
            return;
        }

        var info = await node.Keys.GetAsync(id, cancellationToken).ConfigureAwait(false);
        findings.AddData("expires_at", info.ExpiresAt);
        if (info.ExpiresAt is { } expiry && expiry - timeProvider.GetUtcNow() < expectations.ExpiryWarning)
        {
            findings.AddWarning($"The key expires at {expiry:u}: rotate it.");
        }
    }

    private static void CheckRateLimit(RateLimit? limit, HealthFindings findings)
    {
        findings.AddData("rate_limit_remaining", limit?.Remaining);
        if (limit is { Remaining: < HealthExpectations.LowRemainingRequests })
        {
            findings.AddWarning($"Only {limit.Remaining} requests remain in this minute.");
        }
    }
}
