using Microsoft.Extensions.Hosting;

namespace NodeData.Emulator.Serving;

/// <summary>
/// In place of the host's console lifetime, which would take Ctrl+C and SIGTERM away from the program or the test run that this emulator lives in.
/// </summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
