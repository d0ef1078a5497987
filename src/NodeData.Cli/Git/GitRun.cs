using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Git;

/// <summary>A git at work. Disposing it ends it.</summary>
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

    /// <summary>What git prints, as bytes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What git reads, as bytes.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    public static GitRun Start(ProcessStartInfo start)
    {
        try
        {
            return new GitRun(Process.Start(start)!);
        }
        catch (Win32Exception failure)
        {
            throw CommandFailedException.Usage($"git could not be started: {failure.Message}.", failure);
        }
    }

    /// <summary>Ends git when the token is cancelled: what reads its output comes to the end of it.</summary>
    public CancellationTokenRegistration KillOnCancellation(CancellationToken cancellationToken) => cancellationToken.Register(Kill);

    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, and needs no input any more.
        }
    }

    public string ReadAll()
    {
        CloseInput();
        using var reader = new StreamReader(Output, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        return reader.ReadToEnd();
    }

    /// <summary>Waits until git has ended, and gives its exit code.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>What git complains about, in one line.</summary>
    public string ErrorOutput => PlainText.Sanitize(_errorOutput.GetAwaiter().GetResult().Trim().ReplaceLineEndings(" "));

    /// <exception cref="CommandFailedException">Git ended with anything but 0.</exception>
    public void EnsureSuccess()
    {
        if (WaitForExit() != 0)
        {
            throw CreateException();
        }
    }

    /// <summary>Waits until git has ended. Ctrl+C reaches git too, and maybe before this program.</summary>
    public bool IsInterrupted => WaitForExit() == (int)ExitCode.Interrupted;

    /// <summary>What to throw where git did not do it.</summary>
    public CommandFailedException CreateException() =>
        IsInterrupted
            ? new CommandFailedException(ExitCode.Interrupted, "Interrupted.")
            : CommandFailedException.Usage(
                ErrorOutput.Length > 0
                    ? $"git says: {ErrorOutput}"
                    : string.Create(CultureInfo.InvariantCulture, $"git ended with {WaitForExit()}.")
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
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile.
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
