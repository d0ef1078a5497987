namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>The service provider of a receiver without a container.</summary>
internal sealed class EmptyServiceProvider : IServiceProvider
{
    public static EmptyServiceProvider Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
