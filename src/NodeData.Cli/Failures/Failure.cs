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
    public static Failure Of(Exception cause) =>
        cause switch
        {
            CommandFailedException failure => new(failure.ExitCode, failure.Message),
            OutputClosedException failure => new(ExitCode.OutputClosed, failure.IsReaderGone ? "" : failure.Message),
            OperationCanceledException => new(ExitCode.Interrupted, "Interrupted."),
            NodeDataConfigurationException mistake => new(ExitCode.Usage, mistake.Message),
            NodeDataConnectionException failure => new(
                ExitCode.Unreachable,
                failure.Message.Replace("NodeClientOptions.BaseAddress", "--base-url", StringComparison.Ordinal)
            ),
            NodeDataResponseFormatException failure => new(ExitCode.Unreachable, failure.Message),
            NodeDataApiException refusal => new(ExitCode.Refused, refusal.Message),
            EmulatorStartException failure => new(ExitCode.Usage, failure.Message),
            ArgumentException mistake => new(
                ExitCode.Usage,
                mistake.Message.Replace($" (Parameter '{mistake.ParamName}')", "", StringComparison.Ordinal)
            ),
            IOException or UnauthorizedAccessException => new(ExitCode.Usage, cause.Message),
            _ => new(ExitCode.Unexpected, $"A mistake of node-data itself ({cause.GetType().Name}); --verbose shows where."),
        };
}
