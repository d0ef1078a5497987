using Microsoft.Extensions.Hosting;

namespace NodeData.Emulator.Serving;

/// <summary>
/// Replaces the console lifetime of the host, which would handle Ctrl+C and SIGTERM instead of the program or the test run that hosts the emulator.
/// </summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
