using System.Text.Json;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>The result of a run of the tool.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The lines of standard output, without the final line break.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>Fails, with the complete output, if the exit code differs.</summary>
    public ToolResult RequireExitCode(int exitCode)
    {
        Assert.True(
            ExitCode == exitCode,
            $"The tool exited with {ExitCode} instead of {exitCode}.\n--- output\n{Output}\n--- error\n{Error}"
        );
        return this;
    }

    /// <summary>Fails unless standard error is one line that contains each text.</summary>
    public ToolResult RequireError(params string[] parts)
    {
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.All(parts, part => Assert.Contains(part, Error, StringComparison.Ordinal));
        return this;
    }
}
