using System.Text.RegularExpressions;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>The scripts of docs/edge.md, as a reader copies them.</summary>
internal static partial class EdgePage
{
    public static string ScriptOf(string name)
    {
        var page = File.ReadAllText(Path.Combine(Command.Repository, "docs", "edge.md"));
        return BashBlock().Matches(page).Select(block => block.Groups[1].Value).Single(script => script.Contains($"# {name} "));
    }

    [GeneratedRegex("^```bash\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex BashBlock();
}
