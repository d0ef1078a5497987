using System.Text.RegularExpressions;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Conventions.Words;

/// <summary>One of the lists in <c>eng/words</c>: what is not said, and what is said instead.</summary>
internal sealed partial class WordList
{
    // Names that .NET gave, which a listed word is a part of.
    private static readonly string[] NamesOfDotNet = ["ReadAtLeast"];

    private readonly List<(Regex Word, string Instead)> _words;

    private WordList(IEnumerable<(string Word, string Instead)> words, RegexOptions options) =>
        _words = [
            .. words.Select(word => (new Regex(word.Word, options | RegexOptions.Compiled | RegexOptions.CultureInvariant), word.Instead)),
        ];

    /// <summary>The list for documents, comments, messages and <c>--help</c>.</summary>
    public static WordList Prose { get; } =
        new(Read("prose.txt").Select(word => ($@"\b(?:{word.Word})\b", word.Instead)), RegexOptions.IgnoreCase);

    /// <summary>The list for identifiers: a word follows each capital letter, and none goes on in lower case.</summary>
    public static WordList Identifiers { get; } = new(Read("identifiers.txt").SelectMany(InBothCases), RegexOptions.None);

    /// <summary>Gets the lines of a list: what is not said, and what is said instead.</summary>
    public static IEnumerable<(string Word, string Instead)> Read(string list) =>
        File.ReadLines(Path.Combine(Command.RepositoryRoot, "eng/words", list))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(parts => (parts[0], parts[1]));

    /// <summary>Gets a line for each word found, with its place.</summary>
    public IEnumerable<string> Find(string text, string place) =>
        NamesOfDotNet
            .Aggregate(text, (current, name) => current.Replace(name, new string(' ', name.Length), StringComparison.Ordinal))
            .Split('\n')
            .SelectMany((line, index) => FindInLine(line, $"{place}:{index + 1}"));

    private IEnumerable<string> FindInLine(string line, string place) =>
        from word in _words
        from match in word.Word.Matches(line)
        select $"{place}: \"{match.Value}\"; say: {word.Instead}";

    // OwnKey, ownKey and _ownKey.
    private static IEnumerable<(string Word, string Instead)> InBothCases((string Word, string Instead) entry)
    {
        var upper = entry.Word.Replace(" ", "", StringComparison.Ordinal);
        var lower = char.ToLowerInvariant(upper[0]) + upper[1..];
        yield return ($@"(?:(?<=[a-z0-9_])|\b){upper}(?![a-z])", entry.Instead);
        yield return ($@"(?:\b_?){lower}(?![a-z])", entry.Instead);
    }
}
