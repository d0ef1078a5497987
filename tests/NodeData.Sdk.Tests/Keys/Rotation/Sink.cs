namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A sink that does what the test says.</summary>
internal sealed class Sink(string name, Action<IssuedKey> deploy) : IKeySink
{
    public string Name => name;

    public IssuedKey? Last { get; private set; }

    public Task DeployAsync(IssuedKey key, CancellationToken cancellationToken)
    {
        Last = key;
        deploy(key);
        return Task.CompletedTask;
    }
}
