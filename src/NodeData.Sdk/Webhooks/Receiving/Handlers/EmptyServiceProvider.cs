namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>The services of a receiver that has no container.</summary>
internal sealed class EmptyServiceProvider : IServiceProvider
{
    public static EmptyServiceProvider Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
