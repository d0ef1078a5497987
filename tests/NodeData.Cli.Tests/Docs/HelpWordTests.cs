using NodeData.Sdk.Tests.Conventions.Words;

namespace NodeData.Cli.Tests.Docs;

/// <summary>The output of every <c>--help</c> uses the words of its field. A failure names the command, the line, the word, and what to say instead.</summary>
public sealed class HelpWordTests
{
    [Fact]
    public async Task Every_help_text_uses_the_words_of_its_field()
    {
        var commands = await HelpPages.ReadAsync();
        var found = commands.SelectMany(command => WordList.Prose.Find(command.Help, $"{command.Path} --help")).ToList();

        Assert.Contains(commands, command => command.Path == "node-data keys rotate");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
