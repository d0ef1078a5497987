using NodeData.Cli.CommandLine;

namespace NodeData.Cli.Failures;

/// <summary>The exception that is thrown when a command cannot continue. It has a one-line message with the remedy, and the tool's exit code.</summary>
internal sealed class CommandFailedException(ExitCode exitCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ExitCode ExitCode { get; } = exitCode;

    public static CommandFailedException Usage(string message, Exception? innerException = null) =>
        new(ExitCode.Usage, message, innerException);
}
