using System.ComponentModel;

namespace NodeData.Cli.Output;

/// <summary>The exception that is thrown when standard output cannot be written: its reader has exited, or the disk is full.</summary>
/// <param name="errorCode">The system's error code.</param>
internal sealed class OutputClosedException(int errorCode)
    : IOException($"Standard output cannot be written: {new Win32Exception(errorCode).Message}.")
{
    private const int BrokenPipe = 32; // EPIPE

    /// <summary>Whether the reader has exited, as with <c>| head</c>. The tool then prints no error.</summary>
    public bool IsBrokenPipe { get; } = errorCode == BrokenPipe;
}
