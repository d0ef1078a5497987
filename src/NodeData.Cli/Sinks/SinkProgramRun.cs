using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Sinks;

/// <summary>What a program ended with.</summary>
/// <param name="code">Its exit code; negative where it never came to one.</param>
/// <param name="output">What it printed, which may hold a secret.</param>
/// <param name="told">What it said for people.</param>
internal sealed class SinkProgramRun(int code, string output, string told)
{
    private const int MostLines = 3;
    private const int MostCharacters = 400;

    public int Code { get; } = code;

    public bool IsDone => Code == 0;

    public string Output { get; } = output;

    /// <summary>Its first lines as one, with every secret masked.</summary>
    public string Message
    {
        get
        {
            var lines = SecretFinder
                .Mask(told)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Take(MostLines);
            var text = PlainText.Of(string.Join("; ", lines));
            return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
        }
    }

    public bool Says(string words) => told.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CommandFailedException">It failed.</exception>
    public void RequireDone(string program)
    {
        if (!IsDone)
        {
            throw new CommandFailedException(
                ExitCode.Refused,
                $"{program} failed: {(Message.Length > 0 ? Message : $"it ended with {Code}")}"
            );
        }
    }
}
