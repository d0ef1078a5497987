using System.Text;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Parses the paths in a diff, which git writes verbatim or quoted with escapes (core.quotePath).</summary>
internal static class DiffPath
{
    /// <summary>Parses the path after <c>+++ </c>, <c>rename to </c> or <c>diff --cc </c>.</summary>
    /// <param name="text">The path, quoted or not.</param>
    /// <param name="prefix">The prefix to remove, such as <c>b/</c>.</param>
    public static string Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
    {
        // Git ends a path that contains spaces with a tab; a tab within the path would be escaped.
        var name = text is [.., (byte)'\t'] ? text[..^1] : text;
        var bytes = name is [(byte)'"', .., (byte)'"'] ? Unquote(name[1..^1]) : name;
        return Encoding.UTF8.GetString(bytes.StartsWith(prefix) ? bytes[prefix.Length..] : bytes);
    }

    /// <summary>
    /// Parses the path of <c>diff --git a/PATH b/PATH</c>, where both paths are the same. For a renamed file the result is wrong, and a later line corrects it.
    /// </summary>
    /// <param name="text">The text after <c>diff --git </c>.</param>
    public static string ReadFromGitHeader(ReadOnlySpan<byte> text) => Read(text[((text.Length / 2) + 1)..], "b/"u8);

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            bytes[length++] = text[i] != '\\' || i + 1 == text.Length ? text[i] : Unescape(text, ref i);
        }

        return bytes.AsSpan(0, length);
    }

    private static byte Unescape(ReadOnlySpan<byte> text, ref int i)
    {
        i++;
        if (text[i] is >= (byte)'0' and <= (byte)'3' && i + 2 < text.Length)
        {
            i += 2;
            return (byte)(((text[i - 2] - '0') << 6) | ((text[i - 1] - '0') << 3) | (text[i] - '0'));
        }

        return text[i] switch
        {
            (byte)'a' => 7,
            (byte)'b' => 8,
            (byte)'t' => 9,
            (byte)'n' => 10,
            (byte)'v' => 11,
            (byte)'f' => 12,
            (byte)'r' => 13,
            var other => other,
        };
    }
}
