using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NodeData.Sdk.DependencyInjection.Health;

/// <summary>
/// Evaluates the account's keys against a policy. If a key is due or overdue, the check reports Degraded, never Unhealthy: the key is still valid, and stopping
/// the application would cause the outage that rotation prevents.
/// </summary>
internal sealed class ApiKeyRotationHealthCheck(NodeClient client, ApiKeyRotationPolicy policy, TimeSpan timeout, TimeProvider timeProvider)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var node = client.WithOptions(new NodeRequestOptions { Timeout = timeout, MaxRetries = 0 });
        var findings = new HealthFindings("No key needs to be rotated.");
        try
        {
            var keys = new List<ApiKeyInfo>();
            await foreach (var key in node.Keys.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                keys.Add(key);
            }

            AddFindings(policy.Evaluate(keys, timeProvider.GetUtcNow()), findings);
        }
        catch (NodeDataPermissionException exception)
        {
            findings.AddData("error", exception.Message);
            findings.AddWarning("The key cannot list the account's keys, so it is unknown which keys are due. Use a key with full access.");
        }
        catch (NodeDataException exception)
        {
            findings.AddData("error", exception.Message);
            findings.AddFailure(exception.Message);
        }

        return findings.ToResult(context.Registration.FailureStatus);
    }

    private static void AddFindings(ApiKeyRotationReport report, HealthFindings findings)
    {
        AddKeys("overdue", report.Overdue);
        AddKeys("due", report.Due);
        AddKeys("never_used", report.NeverUsed);
        AddKeys("idle", report.Idle);
        AddKeys("without_expiry", report.WithoutExpiry);
        if (report.Overdue.Count > 0)
        {
            findings.AddWarning($"Overdue, rotate now: {FormatNames(report.Overdue)}.");
        }

        if (report.Due.Count > 0)
        {
            findings.AddWarning($"Due, rotate soon: {FormatNames(report.Due)}.");
        }

        void AddKeys(string name, IReadOnlyList<ApiKeyInfo> keys)
        {
            if (keys.Count > 0)
            {
                findings.AddData(name, FormatNames(keys));
            }
        }
    }

    private static string FormatNames(IReadOnlyList<ApiKeyInfo> keys) =>
        string.Join(", ", keys.Select(key => $"{key.Id} ({key.Name ?? key.Hint})"));
}
