using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Git;

/// <summary>A running git process. <see cref="Dispose"/> kills it.</summary>
internal sealed class GitRun : IDisposable
{
    private const int MaxErrorLength = 4096;
    private readonly Process _process;
    private readonly Task<string> _errorOutput;

    private GitRun(Process process)
    {
        _process = process;
        Pipe.IncreaseCapacity(Output);
        _errorOutput = Task.Run(ReadErrorOutput);
    }

    /// <summary>The standard output of git.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The standard input of git.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    public static GitRun Start(ProcessStartInfo start)
    {
        try
        {
            return new GitRun(Process.Start(start)!);
        }
        catch (Win32Exception exception)
        {
            throw CommandFailedException.Usage($"git could not be started: {exception.Message}.", exception);
        }
    }

    /// <summary>Kills git when the token is canceled; readers of its output then reach the end.</summary>
    public CancellationTokenRegistration KillOnCancellation(CancellationToken cancellationToken) => cancellationToken.Register(Kill);

    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has exited and needs no input.
        }
    }

    public string ReadAll()
    {
        CloseInput();
        using var reader = new StreamReader(Output, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        return reader.ReadToEnd();
    }

    /// <summary>Waits until git has exited.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>The standard error of git, in one line.</summary>
    public string ErrorOutput => PlainText.Sanitize(_errorOutput.GetAwaiter().GetResult().Trim().ReplaceLineEndings(" "));

    /// <summary>Waits until git has exited.</summary>
    /// <exception cref="CommandFailedException">The exit code is not 0.</exception>
    public void EnsureSuccess()
    {
        if (WaitForExit() != 0)
        {
            throw CreateException();
        }
    }

    /// <summary>Whether Ctrl+C stopped git, which may receive it before this program. Waits until git has exited.</summary>
    public bool IsInterrupted => WaitForExit() == (int)ExitCode.Interrupted;

    /// <summary>Creates the exception for a failed run.</summary>
    public CommandFailedException CreateException() =>
        IsInterrupted
            ? new CommandFailedException(ExitCode.Interrupted, "Interrupted.")
            : CommandFailedException.Usage(
                ErrorOutput.Length > 0
                    ? $"git failed: {ErrorOutput}"
                    : string.Create(CultureInfo.InvariantCulture, $"git exited with code {WaitForExit()}.")
            );

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // The process has exited meanwhile.
        }
    }

    private string ReadErrorOutput()
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (_process.StandardError.Read(buffer) is > 0 and var read)
        {
            text.Append(buffer, 0, Math.Min(read, MaxErrorLength - text.Length));
        }

        return text.ToString();
    }
}
