using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Native;

/// <summary>The native program, published by the script that publishes it for users.</summary>
public sealed class NativeTests : IDisposable
{
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(30);

    private readonly string _published = Directory.CreateTempSubdirectory("node-data-native-").FullName;
    private readonly Tool _tool = new();

    private string Program => Path.Combine(_published, "node-data");

    public void Dispose()
    {
        _tool.Dispose();
        Directory.Delete(_published, recursive: true);
    }

    [Fact]
    public async Task For_this_processor_it_does_what_the_tool_does_and_starts_at_once()
    {
        await PublishAsync("linux-x64");

        (await _tool.RunProgramAsync(Program, "emulator", "exec", "--", Program, "me", "--json")).Requires(0);
        (
            await _tool.RunProgramAsync(Program, "emulator", "exec", "--", Program, "keys", "create", "--name", "ci", "--to", "file:key")
        ).Requires(0);
        Assert.StartsWith(
            "nd_test_",
            await File.ReadAllTextAsync(_tool.PathOf("key"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        (await _tool.RunProgramAsync(Program, "emulator", "exec", "--", Program, "doctor", "--json")).Requires(0);
        (await _tool.RunProgramAsync(Program, "keys", "lst")).Requires(2).Says("Did you mean 'list'?");

        // The best of many starts: a busy machine slows some of them down, and none becomes faster than it is.
        var best = Goal * 1000;
        for (var i = 0; i < 100 && best > Goal; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var process = Process.Start(_tool.StartOf(Program, "--help"))!;
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var took = TimeProvider.System.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        Assert.InRange(best, TimeSpan.Zero, Goal);
    }

    [Fact]
    public async Task For_the_processor_of_a_robot_it_is_native_too()
    {
        var isThere = Array.TrueForAll(["aarch64-linux-gnu-gcc", "qemu-aarch64"], program => File.Exists($"/usr/bin/{program}"));
        Assert.SkipUnless(
            isThere || Environment.GetEnvironmentVariable("CI") == "true",
            "The tools for arm64 are not there: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user"
        );
        await PublishAsync("linux-arm64");

        string[] emulated = ["-L", "/usr/aarch64-linux-gnu", Program];
        var version = (await _tool.RunProgramAsync("qemu-aarch64", [.. emulated, "--version"])).Requires(0);
        Assert.StartsWith("0.", version.Output, StringComparison.Ordinal);
        (await _tool.RunProgramAsync("qemu-aarch64", [.. emulated, "keys", "lst"])).Requires(2).Says("Did you mean 'list'?");
    }

    private async Task PublishAsync(string runtime)
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", ["eng/publish-cli.sh", runtime, _published])
            {
                WorkingDirectory = NodeData.Sdk.Tpm.Tests.Doubles.Command.Repository,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // A warning of the trimmer is an error, and so is a program that is not native.
        Assert.Equal((0, ""), (process.ExitCode, error));
        Assert.DoesNotContain("warning", await output, StringComparison.Ordinal);
    }
}
