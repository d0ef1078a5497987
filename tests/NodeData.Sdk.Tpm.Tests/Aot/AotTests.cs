#if NET10_0_OR_GREATER
using System.Runtime.Versioning;
using NodeData.Emulator;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests.Aot;

/// <summary>Tests that publish and run a NativeAOT program with its key behind a TPM handle, and publish it trimmed for the processor of a robot.</summary>
[SupportedOSPlatform("linux")]
public sealed class AotTests : IDisposable
{
    private const string Index = "0x01500016";

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-aot-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_NativeAOT_program_calls_with_the_key_behind_a_handle()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await tpm.DefineIndexAsync(Index, "ownerwrite|authread|writedefine|no_da", emulator.TestKey.Reveal(), @lock: true);
        // gcc links as well as clang does, and is installed more often.
        var program = await PublishAsync("--use-current-runtime", "-p:CppCompilerAndLinker=gcc");
        string[] arguments = [emulator.BaseAddress.AbsoluteUri, $"tpm:{Index}"];

        Assert.Equal("The key behind the handle works.\n", await Command.RunSuccessfullyAsync(program, arguments, tpm.Environment));
        await tpm.RestartAsync();
        Assert.Equal("The key behind the handle works.\n", await Command.RunSuccessfullyAsync(program, arguments, tpm.Environment));

        var missing = await Command.RunAsync(program, [arguments[0], "tpm:0x01500017"], tpm.Environment);
        Assert.StartsWith(
            "NodeClientOptions.ApiKey (tpm:0x01500017): the TPM contains nothing at 0x01500017",
            missing.Output,
            StringComparison.Ordinal
        );

        await AssertErrorWithoutPermissionAsync(program, arguments);
    }

    [Fact]
    public async Task A_program_for_a_robots_processor_is_published_trimmed_without_a_warning()
    {
        // Warnings are errors here as well. The program cannot run on the processor of this machine.
        var program = await PublishAsync("-p:ForRobot=true");

        var header = new byte[20];
        await using var file = File.OpenRead(program);
        await file.ReadExactlyAsync(header, Token);
        Assert.Equal("\u007fELF"u8, header.AsSpan(0, 4));
        Assert.Equal(0xB7, header[18]); // EM_AARCH64
    }

    // Runs as another user if the tests run as root, because root is denied nothing.
    private async Task AssertErrorWithoutPermissionAsync(string program, string[] arguments)
    {
        var device = Path.Combine(_directory, "tpmrm0");
        await File.WriteAllTextAsync(device, "", Token);
        File.SetUnixFileMode(device, UnixFileMode.None);
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        var environment = new Dictionary<string, string> { ["NODE_DATA_TPM"] = $"device:{device}" };
        var run = Environment.IsPrivilegedProcess
            ? await Command.RunAsync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", program, .. arguments], environment)
            : await Command.RunAsync(program, arguments, environment);

        Assert.Contains($"this user has no permission on {device}. Add it to the group", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    private async Task<string> PublishAsync(params string[] publishOptions)
    {
        var published = Path.Combine(_directory, "published");
        await Command.RunSuccessfullyAsync(
            "dotnet",
            [
                "publish",
                "tests/NodeData.Sdk.Tpm.AotProgram",
                "--nologo",
                "-m:1",
                "--artifacts-path",
                Path.Combine(_directory, "build"),
                "--output",
                published,
                .. publishOptions,
            ]
        );
        return Path.Combine(published, "NodeData.Sdk.Tpm.AotProgram");
    }
}
#endif
