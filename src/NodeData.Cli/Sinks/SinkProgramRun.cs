using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Sinks;

/// <summary>The result of running a program.</summary>
/// <param name="code">The exit code; negative if the program did not exit normally.</param>
/// <param name="output">The standard output, which may contain a secret.</param>
/// <param name="errorOutput">The error output, or the standard output if there is none.</param>
internal sealed class SinkProgramRun(int code, string output, string errorOutput)
{
    private const int MaxLines = 3;
    private const int MaxCharacters = 400;

    public int Code { get; } = code;

    public bool IsSuccess => Code == 0;

    public string Output { get; } = output;

    /// <summary>The first lines of the error output, joined, with every secret masked.</summary>
    public string Message
    {
        get
        {
            var lines = SecretFinder
                .Mask(errorOutput)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Take(MaxLines);
            var text = PlainText.Sanitize(string.Join("; ", lines));
            return text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "…";
        }
    }

    public bool MessageContains(string text) => errorOutput.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CommandFailedException">The program failed.</exception>
    public void RequireSuccess(string program)
    {
        if (!IsSuccess)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{program} failed: {(Message.Length > 0 ? Message : $"exit code {Code}")}");
        }
    }
}
