using NodeData.Emulator;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>An emulator whose clock a test moves: no delivery that failed is attempted again by itself, however long the tool takes.</summary>
internal static class FrozenEmulator
{
    public static Task<NodeDataEmulator> StartAsync() =>
        // Its own, because signatures are made at its time and the tool accepts them for five minutes.
        NodeDataEmulator.StartAsync(new EmulatorOptions { TimeProvider = new FrozenTimeProvider() }, TestContext.Current.CancellationToken);
}
