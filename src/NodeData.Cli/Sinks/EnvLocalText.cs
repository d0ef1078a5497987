using System.Text;
using System.Text.RegularExpressions;

namespace NodeData.Cli.Sinks;

/// <summary>Sets one variable in the text of a <c>.env.local</c>; every other byte stays unchanged.</summary>
internal static partial class EnvLocalText
{
    private static readonly byte[] LittleEndian = [0xFF, 0xFE];
    private static readonly byte[] BigEndian = [0xFE, 0xFF];

    /// <summary>Sets the variable on every line that assigns it (programs differ in which of two lines counts), or adds a line.</summary>
    public static byte[] Set(byte[] content, string name, string value)
    {
        var encoding = GetEncoding(content);
        return encoding.GetBytes(Set(encoding.GetString(content), name, value));
    }

    // Names and keys are ASCII, so all other bytes pass through unchanged, whatever their encoding.
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

    // One variable with its value, as the parser of NodeData.Sdk reads it: a quoted value may span several lines.
    [GeneratedRegex(
        """
            (?<=^|\n|\r|^\uFEFF|^\u00EF\u00BB\u00BF)[ \t]*(export[ \t]+)?(?<name>[A-Za-z_.:-][A-Za-z0-9_.:-]*)[ \t]*=[ \t]*
            (?<value>'[^']*'|"(\\[\s\S]|[^"\\])*"|(?!['"\#])[^\r\n]*?(?=[ \t]+\#|[ \t]*(\r|\n|$)))
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Variable();
}
