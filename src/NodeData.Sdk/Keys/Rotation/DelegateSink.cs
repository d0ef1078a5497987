namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The plan's delegate as one sink among the others.</summary>
internal sealed class DelegateSink(Func<IssuedKey, CancellationToken, Task> deploy) : IKeySink
{
    public string Name => "KeyRotationPlan.Deploy";

    public Task DeployAsync(IssuedKey key, CancellationToken cancellationToken) => deploy(key, cancellationToken);

    public static IReadOnlyList<IKeySink> SinksOf(KeyRotationPlan plan) =>
        plan.Deploy is { } deploy ? [new DelegateSink(deploy), .. plan.Sinks] : plan.Sinks;
}
