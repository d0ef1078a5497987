using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NodeData.Sdk.DependencyInjection.Health;

/// <summary>What a health check found, worst first in its description, each finding in its data.</summary>
/// <param name="healthyDescription">What is said where nothing was found.</param>
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
