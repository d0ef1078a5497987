using System.ComponentModel;
using System.Diagnostics;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Programs;

/// <summary>Another program with variables of its own; it has this one's streams and terminal.</summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="variables">What is set in its environment, or taken out of it (null).</param>
internal sealed class ChildProgram(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> variables)
{
    /// <summary>Ends this program and becomes the other, where the system can; else waits for it.</summary>
    public async Task<ExitCode> ReplaceCurrentProcessAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return await RunAsync(terminal, cancellationToken).ConfigureAwait(false);
        }

        await terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        var environment = CreateStartInfo().Environment.Select(variable => $"{variable.Key}={variable.Value}");
        throw CreateStartException(ProcessImage.Replace(command, [.. environment]));
    }

    /// <summary>Runs it to its end. A request to end is handed on to it.</summary>
    /// <returns>Its own exit code.</returns>
    public async Task<ExitCode> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        using var process = Start();
        // In a terminal Ctrl+C reaches it by itself.
        using var registration = cancellationToken.Register(() =>
        {
            if (!terminal.IsInputTerminal)
            {
                ProcessImage.Terminate(process);
            }
        });
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return (ExitCode)process.ExitCode;
    }

    private Process Start()
    {
        try
        {
            return Process.Start(CreateStartInfo())!;
        }
        catch (Win32Exception failure)
        {
            throw CreateStartException(failure.NativeErrorCode);
        }
    }

    private ProcessStartInfo CreateStartInfo()
    {
        var startInfo = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            startInfo.Environment[name] = value;
            if (value is null)
            {
                startInfo.Environment.Remove(name);
            }
        }

        return startInfo;
    }

    private CommandFailedException CreateStartException(int error)
    {
        const int noSuchFile = 2;
        return error == noSuchFile
            ? new CommandFailedException(ExitCode.NotFound, $"There is no program '{command[0]}'. Correct the name, or the PATH.")
            : new CommandFailedException(
                ExitCode.NotExecutable,
                $"The program '{command[0]}' cannot be run: {new Win32Exception(error).Message}."
            );
    }
}
