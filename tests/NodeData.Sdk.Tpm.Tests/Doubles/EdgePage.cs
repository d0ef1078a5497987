using System.Text.RegularExpressions;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Reads and runs the scripts of docs/edge.md.</summary>
internal static partial class EdgePage
{
    public static string GetScript(string name)
    {
        var page = File.ReadAllText(Path.Combine(Command.RepositoryRoot, "docs", "edge.md"));
        return BashBlock().Matches(page).Select(block => block.Groups[1].Value).Single(script => script.Contains($"# {name} "));
    }

    /// <summary>Runs a script with the key on its standard input.</summary>
    public static Task<Command> RunAsync(
        Swtpm tpm,
        string script,
        string key,
        string[] arguments,
        Dictionary<string, string>? environment = null
    ) =>
        Command.RunAsync(
            "bash",
            ["-c", GetScript(script), script, .. arguments],
            tpm.Environment.Concat(environment ?? []).ToDictionary(StringComparer.Ordinal),
            key
        );

    [GeneratedRegex("^```bash\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex BashBlock();
}
