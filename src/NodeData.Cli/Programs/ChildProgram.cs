using System.ComponentModel;
using System.Diagnostics;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Programs;

/// <summary>A child program with additional environment variables. It inherits the tool's streams and terminal.</summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="variables">The variables to set in its environment, or to remove from it (null).</param>
internal sealed class ChildProgram(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> variables)
{
    /// <summary>Replaces this process with the program where the system can; otherwise runs the program and waits for it.</summary>
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

    /// <summary>Runs the program until it exits. A termination request is forwarded to it.</summary>
    /// <returns>The program's exit code.</returns>
    public async Task<ExitCode> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        using var process = Start();
        // In a terminal, Ctrl+C reaches the program directly.
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
        catch (Win32Exception exception)
        {
            throw CreateStartException(exception.NativeErrorCode);
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
            ? new CommandFailedException(ExitCode.NotFound, $"Program '{command[0]}' not found. Correct the name or the PATH.")
            : new CommandFailedException(
                ExitCode.NotExecutable,
                $"Program '{command[0]}' cannot be executed: {new Win32Exception(error).Message}."
            );
    }
}
