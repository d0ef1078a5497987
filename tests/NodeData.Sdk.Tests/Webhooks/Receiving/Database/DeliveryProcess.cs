#if NET10_0_OR_GREATER
using System.Diagnostics;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>A process that runs NodeData.Sdk.DeliveryProgram.</summary>
internal sealed class DeliveryProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DeliveryProcess(Process process) => _process = process;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static DeliveryProcess Start(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(
            Command.RepositoryRoot,
            "tests/NodeData.Sdk.DeliveryProgram/bin",
            configuration,
            "net10.0/NodeData.Sdk.DeliveryProgram.dll"
        );
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new DeliveryProcess(Process.Start(start)!);
    }

    public async Task<string?> ReadAsync() => await _process.StandardOutput.ReadLineAsync(Token);

    public async Task<string[]> ReadToEndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(Token);
        await _process.WaitForExitAsync(Token);
        Assert.Equal(0, _process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public Task ContinueAsync() => _process.StandardInput.WriteLineAsync("continue");

    /// <summary>Kills the process (SIGKILL on Unix).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
#endif
