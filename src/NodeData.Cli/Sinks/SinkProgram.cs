using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Programs;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Sinks;

/// <summary>A program of somebody else's, run without a shell. What it needs to know in secret goes to its standard input; its environment has no key.</summary>
internal sealed class SinkProgram(Terminal terminal, string name)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // What leads git to the repository of a hook that started this program.
    private static readonly string[] Withheld = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

    private readonly string? _path = ProgramOnPath.Find(name, ".exe", ".cmd");

    public string Name => name;

    public bool IsThere => _path is not null;

    /// <summary>Variables for the program, beside the tool's own. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <exception cref="CommandFailedException">It is not on the path.</exception>
    public void Require(string reference, string cure)
    {
        if (!IsThere)
        {
            throw CommandFailedException.Usage($"--to {reference} needs the program {name}, which is not on the path. {cure}");
        }
    }

    public Task<SinkProgramRun> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, "", cancellationToken);

    /// <param name="arguments">Never a secret.</param>
    /// <param name="input">What it reads from standard input; may be a secret.</param>
    /// <param name="cancellationToken">Ends the program with all that it started.</param>
    public async Task<SinkProgramRun> RunAsync(string[] arguments, string input, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, terminal.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var process = Process.Start(StartOf(arguments))!;
            try
            {
                return await FollowAsync(process, input, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SinkProgramRun(-1, "", $"it took longer than {Limit.TotalMinutes:0} minutes");
        }
        catch (Win32Exception failure)
        {
            return new SinkProgramRun(-1, "", $"it could not be started ({failure.Message})");
        }
    }

    private static async Task<SinkProgramRun> FollowAsync(Process process, string input, CancellationToken cancellationToken)
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
            // It ended without reading all of it; its exit code says more.
        }

        var (printed, told) = (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return new SinkProgramRun(process.ExitCode, printed, string.IsNullOrWhiteSpace(told) ? printed : told);
    }

    private ProcessStartInfo StartOf(string[] arguments)
    {
        var start = new ProcessStartInfo(_path!, arguments)
        {
            WorkingDirectory = terminal.Folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var (variable, value) in start.Environment.ToList())
        {
            if (Withheld.Contains(variable) || (value is not null && SecretFinder.Find(value).Count > 0))
            {
                start.Environment.Remove(variable);
            }
        }

        foreach (var (variable, value) in Variables)
        {
            start.Environment[variable] = value;
        }

        return start;
    }
}
