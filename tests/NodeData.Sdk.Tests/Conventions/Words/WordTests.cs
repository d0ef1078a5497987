using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Conventions.Words;

/// <summary>The project says what its field says, in code and in documents. A failure names the file, the line, the word, and what to say instead.</summary>
public sealed class WordTests
{
    // The words that decisions replaced stand in the decisions that they replaced.
    private static readonly string[] SupersededDecisions = [];

    [Fact]
    public void The_source_uses_the_words_of_its_field() =>
        AssertNone(
            Files("src", "*.cs")
                .Concat(Files("samples", "*.cs"))
                .SelectMany(file => WordList.Prose.Find(CSharpText.ProseOf(Text(file)), file))
        );

    [Fact]
    public void Identifiers_use_the_words_of_their_field() =>
        AssertNone(
            Files("src", "*.cs")
                .Concat(Files("samples", "*.cs"))
                .SelectMany(file => WordList.Identifiers.Find(CSharpText.CodeOf(Text(file)), file))
        );

    [Fact]
    public void Files_are_named_in_the_words_of_their_field() =>
        AssertNone(
            Files("src", "*.cs").Concat(Files("tests", "*.cs")).SelectMany(file => WordList.Identifiers.Find(file.Replace('/', ' '), file))
        );

    [Fact]
    public void The_documents_use_the_words_of_their_field() =>
        AssertNone(Documents().SelectMany(file => WordList.Prose.Find(Text(file), file)));

    [Fact]
    public void No_replaced_public_name_is_left_in_the_recorded_api()
    {
        var removed = WordList.Read("public-names.txt").ToDictionary(name => name.Word, name => name.Instead);

        var left = PublicApiEntry
            .ReadAll()
            .Where(entry => removed.ContainsKey(entry.Member.Length == 0 ? entry.Type : $"{entry.Type}.{entry.Member}"));

        AssertNone(left.Select(entry => entry.ToString()));
    }

    [Fact]
    public void No_replaced_type_is_left_in_the_documents()
    {
        // A type whose old name is an ordinary word is not looked for.
        var types = WordList.Read("public-names.txt").Where(name => name.Word.Count(char.IsUpper) > 1 && !name.Word.Contains('.')).ToList();

        Assert.NotEmpty(types);
        AssertNone(
            from file in Documents()
            from type in types
            where System.Text.RegularExpressions.Regex.IsMatch(Text(file), $@"\b{type.Word}\b")
            select $"{file}: {type.Word} is {type.Instead}"
        );
    }

    [Theory]
    [InlineData("the synchronous door of a call")]
    [InlineData("It was Refused by us.")]
    [InlineData("the rotation is under way")]
    public void A_planted_word_is_found(string text) =>
        Assert.StartsWith("here:1: ", Assert.Single(WordList.Prose.Find(text, "here")), StringComparison.Ordinal);

    [Theory]
    [InlineData("class WebhookDoor;")]
    [InlineData("var answer = 1;")]
    [InlineData("int _ownKeyCount;")]
    [InlineData("const int MostBytes = 1;")]
    public void A_planted_identifier_is_found(string code) => Assert.Single(WordList.Identifiers.Find(code, "here"));

    [Theory]
    [InlineData("class WebhookDoorway; int almost; string Lifetime; var mostly = 1;")]
    public void Other_words_that_begin_alike_are_not(string code) => Assert.Empty(WordList.Identifiers.Find(code, "here"));

    [Fact]
    public void Prose_is_what_comments_and_strings_say_and_code_is_the_rest()
    {
        const string Source = """
            /// <summary>A cure for <see cref="Door"/>.</summary>
            class Door
            {
                string Mend => $"a room {answer.Life}"; // a house
            }
            """;

        var prose = CSharpText.ProseOf(Source);
        var code = CSharpText.CodeOf(Source);

        Assert.All(["A cure for", "a room", "// a house"], part => Assert.Contains(part, prose, StringComparison.Ordinal));
        Assert.All(["Door", "Mend", "answer", "Life"], part => Assert.DoesNotContain(part, prose, StringComparison.Ordinal));
        Assert.All(["Door", "Mend", "answer.Life".Split('.')[1]], part => Assert.Contains(part, code, StringComparison.Ordinal));
        Assert.All(["cure", "room", "house"], part => Assert.DoesNotContain(part, code, StringComparison.Ordinal));
        Assert.Equal(Source.Split('\n').Length, prose.Split('\n').Length);
    }

    private static void AssertNone(IEnumerable<string> hits)
    {
        var found = hits.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static IEnumerable<string> Documents() =>
        Files("docs", "*.md")
            .Concat(Files("samples", "*.md"))
            .Concat(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
            .Where(file => !SupersededDecisions.Contains(file));

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Command.RepositoryRoot, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Command.RepositoryRoot, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Text(string file) => File.ReadAllText(Path.Combine(Command.RepositoryRoot, file));
}
