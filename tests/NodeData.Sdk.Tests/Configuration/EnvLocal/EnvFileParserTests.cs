using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk.Tests.Configuration.EnvLocal;

/// <summary>Tests for the syntax of a .env.local file.</summary>
public sealed class EnvFileParserTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("A=   ", "")]
    [InlineData("  A = b c  ", "b c")]
    [InlineData("export A=b", "b")]
    [InlineData("\texport\t A=b", "b")]
    [InlineData("A=b=c==", "b=c==")]
    [InlineData("A=b # of the shop", "b")]
    [InlineData("A=b\t#c", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A= # nothing yet", "")]
    [InlineData("A='b'", "b")]
    [InlineData("A=' b # \"c\" \\n $D '", " b # \"c\" \\n $D ")]
    [InlineData("A='b' # c", "b")]
    [InlineData("A=\"b\"", "b")]
    [InlineData("A=\"b # 'c'\"# d", "b # 'c'")]
    [InlineData("A=\"b \\\"c\\\" \\\\ \\$D \\n\\r\\t \\x\"", "b \"c\" \\ $D \n\r\t \\x")]
    [InlineData("A=\"\"", "")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=C:\\node", "C:\\node")]
    [InlineData("A=$B ${C}", "$B ${C}")]
    [InlineData("\uFEFFA=b", "b")]
    [InlineData("A=b\r\n", "b")]
    [InlineData("\r\n\r\n# A=c\r\n  # d\r\nA=b\r\nB=c\r\n", "b")]
    [InlineData("\n\nA=b\n\n", "b")]
    [InlineData("A=first\nA=b", "b")]
    [InlineData("A=b\rB=c", "b")]
    [InlineData("A=\"-----BEGIN-----\nMII=\n-----END-----\"\nB=c", "-----BEGIN-----\nMII=\n-----END-----")]
    public void A_value_is_parsed(string text, string value) => Assert.Equal(value, EnvFileParser.Parse(text, "file")["A"]);

    [Theory]
    [InlineData("NodeData__Clients__billing__ApiKey")]
    [InlineData("NodeData:ApiKey")]
    [InlineData("_a.b-c9")]
    [InlineData("export")]
    [InlineData("exported")]
    public void A_name_can_be_that_of_a_variable_or_of_a_configuration_key(string name) =>
        Assert.Equal(name, Assert.Single(EnvFileParser.Parse($"{name}=b", "file")).Key);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \n\r\n# only\n\t#words")]
    public void A_text_without_variables_is_empty(string text) => Assert.Empty(EnvFileParser.Parse(text, "file"));

    [Theory]
    [InlineData("hunter2", 1, "has no '='")]
    [InlineData("A=b\r\n\r\nhunter2\r\n", 3, "has no '='")]
    [InlineData("A=b\rexport hunter2", 2, "has no '='")]
    [InlineData("=hunter2", 1, "has no valid variable name")]
    [InlineData("#\nhunter 2=hunter2", 2, "has no valid variable name")]
    [InlineData("2A=hunter2", 1, "has no valid variable name")]
    [InlineData("A='hunter2\nB=c", 1, "has an unclosed quote (')")]
    [InlineData("\nA=\"hunter2\\\"", 2, "has an unclosed quote (\")")]
    [InlineData("A='hun'ter2", 1, "has text after its closing quote")]
    [InlineData("A=\"hun\nter\" 2", 2, "has text after its closing quote")]
    public void An_invalid_line_is_reported_by_its_number_and_without_its_text(string text, int line, string expected)
    {
        var error = Assert.Throws<NodeDataConfigurationException>(() => EnvFileParser.Parse(text, "/shop/.env.local")).Message;

        Assert.StartsWith($"/shop/.env.local: line {line} {expected}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hun", error, StringComparison.Ordinal);
    }
}
