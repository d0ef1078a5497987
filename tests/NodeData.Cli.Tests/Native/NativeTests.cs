using System.Diagnostics;
using System.Globalization;
using NodeData.Cli.Tests.Doubles;
using NodeData.TestKit;

namespace NodeData.Cli.Tests.Native;

/// <summary>Tests the native program that the release script publishes.</summary>
public sealed class NativeTests : IDisposable
{
    private static readonly TimeSpan MaxStartTime = TimeSpan.FromMilliseconds(30);

    private readonly string _published = Directory.CreateTempSubdirectory("node-data-native-").FullName;
    private readonly Tool _tool = new();

    private string Program => Path.Combine(_published, "node-data");

    public void Dispose()
    {
        _tool.Dispose();
        Directory.Delete(_published, recursive: true);
    }

    [Fact]
    public async Task The_x64_program_behaves_like_the_tool_and_starts_within_the_limit()
    {
        await PublishAsync("linux-x64");

        (await _tool.RunProgramAsync(Program, "emulator", "exec", "--", Program, "me", "--json")).RequireExitCode(0);
        (
            await _tool.RunProgramAsync(Program, "emulator", "exec", "--", Program, "keys", "create", "--name", "ci", "--to", "file:key")
        ).RequireExitCode(0);
        Assert.StartsWith(
            "nd_test_",
            await File.ReadAllTextAsync(_tool.GetPath("key"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        (await _tool.RunProgramAsync(Program, "emulator", "exec", "--", Program, "doctor", "--json")).RequireExitCode(0);
        (await _tool.RunProgramAsync(Program, "keys", "lst")).RequireExitCode(2).RequireError("Did you mean 'list'?");

        await AssertStartTimeAsync();
    }

    [Fact]
    public async Task The_arm64_program_runs_under_qemu()
    {
        RequiredProgram.Require("aarch64-linux-gnu-gcc", "qemu-aarch64");
        await PublishAsync("linux-arm64");

        string[] emulated = ["-L", "/usr/aarch64-linux-gnu", Program];
        var version = (await _tool.RunProgramAsync("qemu-aarch64", [.. emulated, "--version"])).RequireExitCode(0);
        Assert.StartsWith("0.", version.Output, StringComparison.Ordinal);
        (await _tool.RunProgramAsync("qemu-aarch64", [.. emulated, "keys", "lst"])).RequireExitCode(2).RequireError("Did you mean 'list'?");
    }

    // The minimum of many starts, because a busy machine only slows starts down. If other programs use the processor during each of them, the processor time of
    // a start counts; a start that waits for something else exceeds the limit of the wall time.
    private async Task AssertStartTimeAsync()
    {
        const int Rounds = 10;
        var (wall, processor) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds && wall > MaxStartTime; round++)
        {
            var timed = await _tool.RunShellAsync(
                $"TIMEFORMAT='%R %U %S'; for i in {{1..10}}; do time '{Program}' --help >/dev/null; done"
            );
            foreach (var line in timed.RequireExitCode(0).Error.TrimEnd().Split('\n'))
            {
                var seconds = Array.ConvertAll(line.Split(' '), part => double.Parse(part, CultureInfo.InvariantCulture));
                wall = Min(wall, seconds[0]);
                processor = Min(processor, seconds[1] + seconds[2]);
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            $"start to end {wall.TotalMilliseconds} ms, {processor.TotalMilliseconds} ms of processor time"
        );
        Assert.True(
            wall <= MaxStartTime || (processor <= MaxStartTime && wall <= 10 * MaxStartTime),
            $"A start takes {wall.TotalMilliseconds} ms, {processor.TotalMilliseconds} ms of processor time."
        );
    }

    private static TimeSpan Min(TimeSpan first, double seconds) => TimeSpan.FromSeconds(Math.Min(first.TotalSeconds, seconds));

    private async Task PublishAsync(string runtime)
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", ["eng/publish-cli.sh", runtime, _published])
            {
                WorkingDirectory = NodeData.Sdk.Tpm.Tests.Doubles.Command.RepositoryRoot,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // A trimmer warning is an error, and so is a program that is not native.
        Assert.Equal((0, ""), (process.ExitCode, error));
        Assert.DoesNotContain("warning", await output, StringComparison.Ordinal);
    }
}
