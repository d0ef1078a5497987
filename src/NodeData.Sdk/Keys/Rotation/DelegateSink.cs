namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Adapts the delegate of the options to a sink.</summary>
internal sealed class DelegateSink(Func<CreatedApiKey, CancellationToken, Task> deploy) : IApiKeySink
{
    public string Name => "ApiKeyRotationOptions.Deploy";

    public Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken) => deploy(key, cancellationToken);

    public static IReadOnlyList<IApiKeySink> GetSinks(ApiKeyRotationOptions options) =>
        options.Deploy is { } deploy ? [new DelegateSink(deploy), .. options.Sinks] : options.Sinks;
}
