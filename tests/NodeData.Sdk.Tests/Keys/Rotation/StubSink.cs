namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A sink that runs a delegate and keeps the last key.</summary>
internal sealed class StubSink(string name, Action<CreatedApiKey> deploy) : IApiKeySink
{
    public string Name => name;

    public CreatedApiKey? LastKey { get; private set; }

    public Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        LastKey = key;
        deploy(key);
        return Task.CompletedTask;
    }
}
