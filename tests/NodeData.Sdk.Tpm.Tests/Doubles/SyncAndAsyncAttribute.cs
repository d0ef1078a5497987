using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Runs a theory synchronously and asynchronously.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SyncAndAsyncAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow(CallStyle.Sync), new TheoryDataRow(CallStyle.Async)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
