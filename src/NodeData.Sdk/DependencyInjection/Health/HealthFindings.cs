using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NodeData.Sdk.DependencyInjection.Health;

/// <summary>Collects the findings of a health check: failures and warnings for its description, and values for its data.</summary>
/// <param name="healthyDescription">The description if there are no findings.</param>
internal sealed class HealthFindings(string healthyDescription)
{
    private readonly Dictionary<string, object> _data = [];
    private readonly List<string> _failures = [];
    private readonly List<string> _warnings = [];

    public void AddData(string name, object? value)
    {
        if (value is not null)
        {
            _data[name] = value;
        }
    }

    public void AddFailure(string message) => _failures.Add(message);

    public void AddWarning(string message) => _warnings.Add(message);

    public HealthCheckResult ToResult(HealthStatus failureStatus)
    {
        var status =
            _failures.Count > 0 ? failureStatus
            : _warnings.Count > 0 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        var description = string.Join(' ', _failures.Concat(_warnings));
        return new HealthCheckResult(status, description.Length == 0 ? healthyDescription : description, exception: null, _data);
    }
}
