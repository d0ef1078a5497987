using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Creates clients of an emulator that use its clock.</summary>
internal static class EmulatorClients
{
    public static NodeClient CreateClient(this NodeDataEmulator emulator, ApiKey? key = null, Action<NodeClientOptions>? configure = null)
    {
        var options = new NodeClientOptions
        {
            ApiKey = key ?? emulator.TestKey,
            BaseAddress = emulator.BaseAddress,
            TimeProvider = emulator.Clock,
        };
        configure?.Invoke(options);
        return new NodeClient(options);
    }
}
