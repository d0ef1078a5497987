using System.Text;
using System.Text.RegularExpressions;

namespace NodeData.Cli.Sinks;

/// <summary>The text of a <c>.env.local</c> in which one variable is set and everything else stays as it is, to the byte.</summary>
internal static partial class EnvLocalText
{
    private static readonly byte[] LittleEndian = [0xFF, 0xFE];
    private static readonly byte[] BigEndian = [0xFE, 0xFF];

    /// <summary>Sets the variable in every line that has it (programs differ in which of two counts), or adds a line.</summary>
    public static byte[] Set(byte[] content, string name, string value)
    {
        var encoding = GetEncoding(content);
        return encoding.GetBytes(Set(encoding.GetString(content), name, value));
    }

    // Names and keys are ASCII, so other bytes can be carried through as they are, whatever they mean.
    private static Encoding GetEncoding(byte[] content) =>
        content.AsSpan().StartsWith(LittleEndian) ? Encoding.Unicode
        : content.AsSpan().StartsWith(BigEndian) ? Encoding.BigEndianUnicode
        : Encoding.Latin1;

    private static string Set(string text, string name, string value)
    {
        var result = new StringBuilder();
        var isSet = false;
        var from = 0;
        foreach (var variable in Variable().Matches(text).Where(match => match.Groups["name"].Value == name))
        {
            var old = variable.Groups["value"];
            result.Append(text, from, old.Index - from).Append(value);
            from = old.Index + old.Length;
            isSet = true;
        }

        result.Append(text, from, text.Length - from);
        if (!isSet)
        {
            var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            var isLastLineUnterminated = text.Length > 0 && text[^1] is not ('\n' or '\r' or '\uFEFF');
            result.Append(isLastLineUnterminated ? newLine : "").Append(name).Append('=').Append(value).Append(newLine);
        }

        return result.ToString();
    }

    // One variable with its value, as NodeData.Sdk's own parser reads them: a value in quotes may go over several lines.
    [GeneratedRegex(
        """
            (?<=^|\n|\r|^\uFEFF|^\u00EF\u00BB\u00BF)[ \t]*(export[ \t]+)?(?<name>[A-Za-z_.:-][A-Za-z0-9_.:-]*)[ \t]*=[ \t]*
            (?<value>'[^']*'|"(\\[\s\S]|[^"\\])*"|(?!['"\#])[^\r\n]*?(?=[ \t]+\#|[ \t]*(\r|\n|$)))
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Variable();
}
