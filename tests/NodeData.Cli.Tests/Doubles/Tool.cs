using System.Diagnostics;
using System.Runtime.InteropServices;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>The built tool, run as a process with its own working folder and environment.</summary>
internal sealed class Tool : IDisposable
{
    // The limit of a run, so that a run that never exits fails the test instead of blocking it.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "node-data");

    /// <summary>The working folder: empty, and not a git repository.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("node-data-").FullName;

    /// <summary>The user's home folder: also empty.</summary>
    public string Home { get; } = Directory.CreateTempSubdirectory("node-data-home-").FullName;

    /// <summary>Its environment variables, in addition to PATH, HOME, LANG and those of the runtime.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Creates a tool with an emulator's key and address in its environment.</summary>
    public static Tool For(NodeDataEmulator emulator, NodeData.Sdk.ApiKey? key = null) =>
        new()
        {
            Variables =
            {
                ["NODE_DATA_BASE_URL"] = emulator.BaseAddress.ToString(),
                ["NODE_DATA_API_KEY"] = (key ?? emulator.TestKey).Reveal(),
            },
        };

    public Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(arguments, input: null);

    /// <summary>Runs the tool with standard input.</summary>
    public Task<ToolResult> RunAsync(string[] arguments, string? input) => RunAsync(CreateStartInfo(Program, arguments), input);

    /// <summary>Runs another program in the same folder and environment.</summary>
    public Task<ToolResult> RunProgramAsync(string program, params string[] arguments) =>
        RunAsync(CreateStartInfo(program, arguments), input: null);

    /// <summary>Runs the tool in a pseudo-terminal with 120 columns. The output has everything that the terminal received.</summary>
    public Task<ToolResult> RunInTerminalAsync(string[] arguments, string? keys = null) =>
        RunAsync(CreateTerminalStartInfo(arguments), keys);

    /// <summary>Returns how to start the tool in a pseudo-terminal, for an interactive test. Ctrl+C is the character 3 on its input.</summary>
    public ProcessStartInfo CreateTerminalStartInfo(params string[] arguments)
    {
        var command = string.Join(
            ' ',
            arguments.Prepend(Program).Select(part => $"'{part.Replace("'", "'\\''", StringComparison.Ordinal)}'")
        );
        return CreateShellTerminalStartInfo($"exec {command}");
    }

    public ProcessStartInfo CreateStartInfo(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        start.Environment["HOME"] = Home;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["TERM"] = "xterm";
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public string GetPath(string name) => Path.Combine(Folder, name);

    /// <summary>Runs commands in a shell, in which <c>node-data</c> is the tool.</summary>
    public Task<ToolResult> RunShellAsync(string commands) => RunAsync(CreateStartInfo("bash", "-c", commands), input: null);

    /// <summary>Runs commands in a shell in a pseudo-terminal.</summary>
    public Task<ToolResult> RunShellInTerminalAsync(string commands, string? keys = null) =>
        RunAsync(CreateShellTerminalStartInfo(commands), keys);

    /// <summary>Runs git in the folder.</summary>
    public async Task GitAsync(params string[] arguments) =>
        (await RunAsync(CreateStartInfo("git", arguments), input: null)).RequireExitCode(0);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Home, recursive: true);
    }

    // By default, Ctrl+C discards a terminal's unread output; with noflsh the terminal keeps it for the test.
    private ProcessStartInfo CreateShellTerminalStartInfo(string commands) =>
        CreateStartInfo(
            "script",
            ["--quiet", "--return", "--flush", "--command", $"stty cols 120 rows 40 noflsh; {commands}", "/dev/null"]
        );

    /// <summary>Runs a process that a test has prepared.</summary>
    public static Task<ToolResult> RunAsync(ProcessStartInfo start, TimeSpan? limit = null) => RunAsync(start, input: null, limit);

    private static async Task<ToolResult> RunAsync(ProcessStartInfo start, string? input, TimeSpan? limit = null)
    {
        using var process = Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(limit ?? DefaultTimeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await WriteAsync(process, input);
            var result = (await output, await error);
            await process.WaitForExitAsync(timeout.Token);
            return new ToolResult(process.ExitCode, result.Item1, result.Item2);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task WriteAsync(Process process, string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process exited without reading all of its input; its exit code has the reason.
        }
    }
}
