using NodeData.Emulator;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>An emulator whose clock only the test advances, so that a failed delivery is not retried while the tool runs, however long that takes.</summary>
internal static class FrozenEmulator
{
    public static Task<NodeDataEmulator> StartAsync() =>
        // Each test has its own clock, because deliveries are signed with its time and the tool accepts a signature for five minutes.
        NodeDataEmulator.StartAsync(new EmulatorOptions { TimeProvider = new FrozenTimeProvider() }, TestContext.Current.CancellationToken);
}
