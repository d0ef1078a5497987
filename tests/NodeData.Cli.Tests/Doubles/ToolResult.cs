using System.Text.Json;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>What a run of the tool ended with.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The lines of standard output, without the last line's end.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>Fails, with everything that was printed, where the tool ended otherwise.</summary>
    public ToolResult RequireExitCode(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"The tool ended with {ExitCode}, not {exitCode}.\n--- output\n{Output}\n--- error\n{Error}");
        return this;
    }

    /// <summary>Fails unless standard error is one line with each of these in it.</summary>
    public ToolResult RequireError(params string[] parts)
    {
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.All(parts, part => Assert.Contains(part, Error, StringComparison.Ordinal));
        return this;
    }
}
