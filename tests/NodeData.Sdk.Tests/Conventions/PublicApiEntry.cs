using System.Text.RegularExpressions;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Conventions;

/// <summary>One line of a <c>PublicAPI.*.txt</c>: a public type, or a member of one.</summary>
/// <param name="Place">The file and line, for a failure's message.</param>
/// <param name="Text">The line.</param>
/// <param name="Type">The simple name of the type.</param>
/// <param name="Member">The member's simple name; empty for a type.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Result">The type of the value, without the mark of its nullability; empty for a type.</param>
internal sealed partial record PublicApiEntry(string Place, string Text, string Type, string Member, PublicApiKind Kind, string Result)
{
    /// <summary>Gets every entry of every package.</summary>
    public static IReadOnlyList<PublicApiEntry> ReadAll() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Command.RepositoryRoot, "src"), "PublicAPI.*.txt", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .SelectMany(file =>
                    File.ReadLines(file)
                        .Select((line, index) => Parse(line, $"{Path.GetRelativePath(Command.RepositoryRoot, file)}:{index + 1}"))
                )
                .OfType<PublicApiEntry>(),
        ];

    /// <summary>Reads a line; null for a directive and for an operator.</summary>
    public static PublicApiEntry? Parse(string line, string place)
    {
        var match = Line().Match(line);
        if (!match.Success || line.Contains("operator ", StringComparison.Ordinal))
        {
            return null;
        }

        var path = TypeArguments().Replace(match.Groups["path"].Value, "").Split('.');
        var result = match.Groups["result"].Value.TrimEnd('!', '?');
        var accessor = path[^1] is "get" or "set" or "init";
        if (result.Length == 0)
        {
            return new PublicApiEntry(place, line, path[^1], "", PublicApiKind.Type, "");
        }

        var (type, member) = accessor ? (path[^3], path[^2]) : (path[^2], path[^1]);
        var kind = (accessor, match.Groups["parameters"].Success, line.StartsWith("const ", StringComparison.Ordinal)) switch
        {
            (true, _, _) => PublicApiKind.Property,
            (_, true, _) when type == member => PublicApiKind.Constructor,
            (_, true, _) => PublicApiKind.Method,
            (_, _, true) => PublicApiKind.Constant,
            _ => PublicApiKind.Field,
        };
        return new PublicApiEntry(place, line, type, member, kind, result);
    }

    /// <summary>The entry as a failure names it.</summary>
    public override string ToString() => Member.Length == 0 ? $"{Place}: {Type}" : $"{Place}: {Type}.{Member}";

    [GeneratedRegex(
        @"^~?(?:(?:static|virtual|override|abstract|const|readonly|sealed) )*(?<path>[A-Za-z][\w.<>, ]*?)(?<parameters>\(.*\))?(?: = [^>]*)?(?: -> (?<result>.+))?$"
    )]
    private static partial Regex Line();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex TypeArguments();
}
