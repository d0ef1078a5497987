using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Runs a theory through both doors.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ThroughBothDoorsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow(Door.Sync), new TheoryDataRow(Door.Async)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
