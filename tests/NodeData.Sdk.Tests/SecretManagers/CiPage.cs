#if NET10_0_OR_GREATER
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>Reads the commands of docs/ci.md by their headings.</summary>
internal static class CiPage
{
    /// <summary>Gets the bash blocks under a heading, up to the next heading.</summary>
    /// <param name="chapter">A second-level heading.</param>
    /// <param name="section">A third-level heading below it; null for the blocks before the first one.</param>
    public static string[] GetCommands(string chapter, string? section = null)
    {
        string? inChapter = null;
        string? inSection = null;
        List<string>? block = null;
        var blocks = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Command.RepositoryRoot, "docs", "ci.md")))
        {
            if (block is null)
            {
                if (line.StartsWith("## ", StringComparison.Ordinal))
                {
                    (inChapter, inSection) = (line[3..], null);
                }
                else if (line.StartsWith("### ", StringComparison.Ordinal))
                {
                    inSection = line[4..];
                }
                else if (line == "```bash" && inChapter == chapter && inSection == section)
                {
                    block = [];
                }
            }
            else if (line == "```")
            {
                blocks.Add(string.Join('\n', block) + "\n");
                block = null;
            }
            else
            {
                block.Add(line);
            }
        }

        Assert.True(blocks.Count > 0, $"docs/ci.md has no commands under {chapter}, {section}.");
        return [.. blocks];
    }
}
#endif
