using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Programs;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Sinks;

/// <summary>Runs an external program without a shell. A secret is passed on its standard input; its environment contains no key.</summary>
internal sealed class SinkProgram(Terminal terminal, string name)
{
    private static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(2);

    // A git hook that starts the tool sets these; they would point git at the hook's repository.
    private static readonly string[] RemovedVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

    private readonly string? _path = ProgramOnPath.Find(name, ".exe", ".cmd");

    public string Name => name;

    public bool IsInstalled => _path is not null;

    /// <summary>Variables for the program, in addition to the tool's. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <exception cref="CommandFailedException">The program is not on the PATH.</exception>
    public void Require(string reference, string remedy)
    {
        if (!IsInstalled)
        {
            throw CommandFailedException.Usage($"--to {reference} requires the program {name}, which is not on the PATH. {remedy}");
        }
    }

    public Task<SinkProgramRun> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, "", cancellationToken);

    /// <param name="arguments">The arguments. Never a secret.</param>
    /// <param name="input">The program's standard input, which may be a secret.</param>
    /// <param name="cancellationToken">Kills the program and its child processes.</param>
    public async Task<SinkProgramRun> RunAsync(string[] arguments, string input, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(RunTimeout, terminal.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var process = Process.Start(CreateStartInfo(arguments))!;
            try
            {
                return await CompleteAsync(process, input, linked.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SinkProgramRun(-1, "", $"it took longer than {RunTimeout.TotalMinutes:0} minutes");
        }
        catch (Win32Exception exception)
        {
            return new SinkProgramRun(-1, "", $"it could not be started ({exception.Message})");
        }
    }

    private static async Task<SinkProgramRun> CompleteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program exited without reading all of its input; its exit code has the reason.
        }

        var (standardOutput, standardError) = (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return new SinkProgramRun(
            process.ExitCode,
            standardOutput,
            string.IsNullOrWhiteSpace(standardError) ? standardOutput : standardError
        );
    }

    private ProcessStartInfo CreateStartInfo(string[] arguments)
    {
        var startInfo = new ProcessStartInfo(_path!, arguments)
        {
            WorkingDirectory = terminal.Folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var (variable, value) in startInfo.Environment.ToList())
        {
            if (RemovedVariables.Contains(variable) || (value is not null && SecretFinder.Find(value).Count > 0))
            {
                startInfo.Environment.Remove(variable);
            }
        }

        foreach (var (variable, value) in Variables)
        {
            startInfo.Environment[variable] = value;
        }

        return startInfo;
    }
}
