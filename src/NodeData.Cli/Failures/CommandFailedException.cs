using NodeData.Cli.CommandLine;

namespace NodeData.Cli.Failures;

/// <summary>A command that cannot go on: one line for people, with the cure, and what the tool ends with.</summary>
internal sealed class CommandFailedException(ExitCode exitCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ExitCode ExitCode { get; } = exitCode;

    public static CommandFailedException Usage(string message, Exception? innerException = null) =>
        new(ExitCode.Usage, message, innerException);
}
