using System.Collections.Frozen;

namespace NodeData.Cli.Secrets;

/// <summary>The documentation's placeholder secrets, from <c>docs/placeholders.txt</c>. They grant no access.</summary>
internal static class Placeholders
{
    private static readonly FrozenSet<string> Known = Read().ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string token) => Known.Contains(token);

    private static List<string> Read()
    {
        using var reader = new StreamReader(typeof(Placeholders).Assembly.GetManifestResourceStream("placeholders.txt")!);
        var tokens = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                tokens.Add(line);
            }
        }

        return tokens;
    }
}
