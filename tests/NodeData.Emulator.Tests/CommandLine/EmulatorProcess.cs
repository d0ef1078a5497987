#if NET10_0_OR_GREATER
using System.Diagnostics;

namespace NodeData.Emulator.Tests.CommandLine;

/// <summary>The emulator in a separate process, with its output.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private EmulatorProcess(Process process) => _process = process;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The base address; available when the emulator is ready.</summary>
    public Uri Address { get; private set; } = new("http://unknown.invalid");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static EmulatorProcess Start(string temporaryDirectory, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "NodeData.Emulator.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = temporaryDirectory;
        return new EmulatorProcess(Process.Start(start)!);
    }

    public static async Task<EmulatorProcess> StartReadyAsync(string temporaryDirectory, params string[] arguments)
    {
        var emulator = Start(temporaryDirectory, arguments);
        while (await emulator._process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            emulator._lines.Add(line);
            if (line.StartsWith("Node Data emulator ready at ", StringComparison.Ordinal))
            {
                emulator.Address = new Uri(line.Split(' ')[5]);
                return emulator;
            }
        }

        throw new InvalidOperationException(
            $"The emulator did not become ready: {await emulator._process.StandardError.ReadToEndAsync(Token)}"
        );
    }

    /// <summary>Waits for the process to exit; returns the exit code and the remaining output.</summary>
    public async Task<(int ExitCode, string Output, string Error)> WaitForExitAsync()
    {
        var output = await Task.WhenAll(_process.StandardOutput.ReadToEndAsync(Token), _process.StandardError.ReadToEndAsync(Token));
        await _process.WaitForExitAsync(Token);
        return (_process.ExitCode, output[0], output[1]);
    }

    public Task<(int ExitCode, string Output, string Error)> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
#endif
