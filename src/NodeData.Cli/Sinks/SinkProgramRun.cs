using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Sinks;

/// <summary>What a program ended with.</summary>
/// <param name="code">Its exit code; negative where it never came to one.</param>
/// <param name="output">What it printed, which may hold a secret.</param>
/// <param name="errorOutput">What it said for people.</param>
internal sealed class SinkProgramRun(int code, string output, string errorOutput)
{
    private const int MaxLines = 3;
    private const int MaxCharacters = 400;

    public int Code { get; } = code;

    public bool IsSuccess => Code == 0;

    public string Output { get; } = output;

    /// <summary>Its first lines as one, with every secret masked.</summary>
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

    /// <exception cref="CommandFailedException">It failed.</exception>
    public void RequireSuccess(string program)
    {
        if (!IsSuccess)
        {
            throw new CommandFailedException(
                ExitCode.Failed,
                $"{program} failed: {(Message.Length > 0 ? Message : $"it ended with {Code}")}"
            );
        }
    }
}
