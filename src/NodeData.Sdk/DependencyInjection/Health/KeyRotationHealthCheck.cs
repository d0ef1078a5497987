using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NodeData.Sdk.DependencyInjection.Health;

/// <summary>
/// Looks through the account's keys by a policy. A key that is due or overdue degrades the check and never fails it: it still works, and taking the
/// application down for it would be the outage that rotating is to avoid.
/// </summary>
internal sealed class KeyRotationHealthCheck(NodeClient client, ApiKeyRotationPolicy policy, TimeSpan timeout, TimeProvider time)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var node = client.With(new NodeRequestOptions { Timeout = timeout, MaxRetries = 0 });
        var findings = new HealthFindings("No key needs to be rotated.");
        try
        {
            var keys = new List<ApiKeyInfo>();
            await foreach (var key in node.Keys.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                keys.Add(key);
            }

            Tell(policy.Evaluate(keys, time.GetUtcNow()), findings);
        }
        catch (NodeDataPermissionException failure)
        {
            findings.Note("error", failure.Message);
            findings.Warn("The key may not look at the account's keys, so nobody knows which are due. Only a key with full access may.");
        }
        catch (NodeDataException failure)
        {
            findings.Note("error", failure.Message);
            findings.Fail(failure.Message);
        }

        return findings.Conclude(context.Registration.FailureStatus);
    }

    private static void Tell(ApiKeyRotationReport review, HealthFindings findings)
    {
        Note("overdue", review.Overdue);
        Note("due", review.Due);
        Note("never_used", review.NeverUsed);
        Note("idle", review.Idle);
        Note("without_expiry", review.WithoutExpiry);
        if (review.Overdue.Count > 0)
        {
            findings.Warn($"Overdue, rotate now: {NamesOf(review.Overdue)}.");
        }

        if (review.Due.Count > 0)
        {
            findings.Warn($"Due, rotate soon: {NamesOf(review.Due)}.");
        }

        void Note(string name, IReadOnlyList<ApiKeyInfo> keys)
        {
            if (keys.Count > 0)
            {
                findings.Note(name, NamesOf(keys));
            }
        }
    }

    private static string NamesOf(IReadOnlyList<ApiKeyInfo> keys) =>
        string.Join(", ", keys.Select(key => $"{key.Id} ({key.Name ?? key.Hint})"));
}
