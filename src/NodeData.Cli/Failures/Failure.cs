using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Failures;

/// <summary>What a failure is to the one at the terminal: a line and an exit code.</summary>
/// <param name="ExitCode">What the tool ends with.</param>
/// <param name="Message">What happened, to what, and the cure; empty where nobody is left to read it.</param>
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
            _ => new(ExitCode.InternalError, $"A mistake of node-data itself ({exception.GetType().Name}); --verbose shows where."),
        };
}
