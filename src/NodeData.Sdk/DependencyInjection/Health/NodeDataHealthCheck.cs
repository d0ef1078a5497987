using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NodeData.Sdk.DependencyInjection.Health;

/// <summary>Asks the service who the key is, and looks at the answer.</summary>
internal sealed class NodeDataHealthCheck(RegisteredClient registered, HealthExpectations expectations, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = new HealthFindings("Node Data answers and accepts the key.");
        if (registered.RefusedChange is { } refusal)
        {
            findings.Note("configuration", refusal);
            findings.Warn($"A change of the configuration was not taken: {refusal}");
        }

        NodeResponseInfo? response = null;
        var node = registered.Client.With(
            new NodeRequestOptions
            {
                Timeout = expectations.Timeout,
                MaxRetries = 0,
                OnResponse = answer => response = answer,
            }
        );
        try
        {
            var account = await node.Me.GetAsync(cancellationToken).ConfigureAwait(false);
            LookAtKey(account.Key, findings);
            await LookAtExpiryAsync(node, account.Key, findings, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeDataException failure)
        {
            findings.Note("error", failure.Message);
            findings.Fail(failure.Message);
        }

        findings.Note("reachable", response is not null);
        LookAtLimit(response?.RateLimit, findings);
        return findings.Conclude(context.Registration.FailureStatus);
    }

    private void LookAtKey(NodeAccountKey? key, HealthFindings findings)
    {
        var mode = registered.Client.Mode;
        findings.Note("mode", mode.ToString());
        findings.Note("scopes", key?.Scopes?.ToString());
        if (key?.Mode is { } served && served != mode)
        {
            findings.Fail($"The service takes the key for a {served} key, and the client for a {mode} key.");
        }

        if (expectations.RequiredScopes.Count == 0)
        {
            return;
        }

        if (key?.Scopes is not { } scopes)
        {
            findings.Warn("The service does not say what the key may do.");
            return;
        }

        var missing = string.Join(' ', expectations.RequiredScopes.Where(scope => !scopes.Allows(scope)));
        if (missing.Length > 0)
        {
            findings.Note("missing_scopes", missing);
            findings.Fail($"The key lacks: {missing}. Use a key that has them.");
        }
    }

    // Only a key with full access may ask when a key expires; of any other it stays unknown.
    private async Task LookAtExpiryAsync(NodeClient node, NodeAccountKey? key, HealthFindings findings, CancellationToken cancellationToken)
    {
        if (key is not { Id: { } id, Scopes.IsFullAccess: true })
        {
            return;
        }

        var info = await node.Keys.GetAsync(id, cancellationToken).ConfigureAwait(false);
        findings.Note("expires_at", info.ExpiresAt);
        if (info.ExpiresAt is { } expiry && expiry - time.GetUtcNow() < expectations.ExpiryWarning)
        {
            findings.Warn($"The key expires at {expiry:u}: rotate it.");
        }
    }

    private static void LookAtLimit(RateLimit? limit, HealthFindings findings)
    {
        findings.Note("rate_limit_remaining", limit?.Remaining);
        if (limit is { Remaining: < HealthExpectations.FewRequestsLeft })
        {
            findings.Warn($"Only {limit.Remaining} requests are left in this minute.");
        }
    }
}
