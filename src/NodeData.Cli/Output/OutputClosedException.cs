using System.ComponentModel;

namespace NodeData.Cli.Output;

/// <summary>Standard output cannot be written: whoever read it has gone, or the disk behind it is full.</summary>
/// <param name="errorCode">The system's error.</param>
internal sealed class OutputClosedException(int errorCode)
    : IOException($"Standard output cannot be written: {new Win32Exception(errorCode).Message}.")
{
    private const int BrokenPipe = 32; // EPIPE

    /// <summary>Whether a reader has gone, as with <c>| head</c>: no reason to say anything.</summary>
    public bool IsBrokenPipe { get; } = errorCode == BrokenPipe;
}
