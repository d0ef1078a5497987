using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Failures;

/// <summary>An error as the user sees it: a message and an exit code.</summary>
/// <param name="ExitCode">The tool's exit code.</param>
/// <param name="Message">What failed and the remedy; empty if the reader of the output has exited.</param>
internal sealed record Failure(ExitCode ExitCode, string Message)
{
    public static Failure FromException(Exception exception) =>
        exception switch
        {
            CommandFailedException failure => new(failure.ExitCode, failure.Message),
            OutputClosedException failure => new(ExitCode.OutputClosed, failure.IsBrokenPipe ? "" : failure.Message),
            OperationCanceledException => new(ExitCode.Interrupted, "Interrupted."),
            NodeDataConfigurationException failure => new(ExitCode.Usage, failure.Message),
            NodeDataConnectionException failure => new(
                ExitCode.Unreachable,
                failure.Message.Replace("NodeClientOptions.BaseAddress", "--base-url", StringComparison.Ordinal)
            ),
            NodeDataResponseFormatException failure => new(ExitCode.Unreachable, failure.Message),
            NodeDataApiException failure => new(ExitCode.Failed, failure.Message),
            EmulatorStartException failure => new(ExitCode.Usage, failure.Message),
            ArgumentException failure => new(
                ExitCode.Usage,
                failure.Message.Replace($" (Parameter '{failure.ParamName}')", "", StringComparison.Ordinal)
            ),
            IOException or UnauthorizedAccessException => new(ExitCode.Usage, exception.Message),
            _ => new(
                ExitCode.InternalError,
                $"Internal error of node-data ({exception.GetType().Name}). Run the command with --verbose for details."
            ),
        };
}
