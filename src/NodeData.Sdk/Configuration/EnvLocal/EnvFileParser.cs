using System.Globalization;
using System.Text;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>
/// Parses <c>NAME=value</c> lines, including <c>export</c>, comments, quotes and any line ending. Nothing is executed or expanded: <c>$</c> is a literal.
/// </summary>
internal ref struct EnvFileParser(string text, string path)
{
    // Some editors write a byte order mark.
    private readonly ReadOnlySpan<char> _text = text.AsSpan().TrimStart('\uFEFF');
    private readonly string _path = path;
    private int _position;

    private readonly bool IsAtEndOfLine => _position >= _text.Length || _text[_position] is '\n' or '\r';

    /// <summary>Parses the content of a file. If a variable occurs twice, the last value is used.</summary>
    /// <exception cref="NodeDataConfigurationException">A line is invalid. The message names the file and the line, never its content.</exception>
    public static Dictionary<string, string> Parse(string text, string path)
    {
        var parser = new EnvFileParser(text, path);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        while (parser._position < parser._text.Length)
        {
            parser.ReadLine(variables);
        }

        return variables;
    }

    private void ReadLine(Dictionary<string, string> variables)
    {
        SkipBlanks();
        if (!IsAtEndOfLine && _text[_position] != '#')
        {
            var name = ReadName();
            variables[name] = ReadValue();
        }
        else
        {
            SkipLine();
        }

        // A line ends with \n, \r\n or \r.
        _position += _text[_position..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1;
    }

    private string ReadName()
    {
        var rest = GetRestOfLine();
        const string Export = "export";
        if (rest.StartsWith(Export, StringComparison.Ordinal) && rest.Length > Export.Length && rest[Export.Length] is ' ' or '\t')
        {
            _position += Export.Length;
            SkipBlanks();
            rest = GetRestOfLine();
        }

        var equals = rest.IndexOf('=');
        if (equals < 0)
        {
            throw CreateError("has no '='. Write NAME=value, or start a comment with #.");
        }

        var name = rest[..equals].TrimEnd();
        if (!IsName(name))
        {
            throw CreateError(
                "has no valid variable name before '='. A name consists of letters, digits and _ . : - and does not start with a digit."
            );
        }

        _position += equals + 1;
        SkipBlanks();
        return name.ToString();
    }

    private string ReadValue()
    {
        if (IsAtEndOfLine)
        {
            return "";
        }

        return _text[_position] switch
        {
            '\'' => ReadQuoted('\'', hasEscapes: false),
            '"' => ReadQuoted('"', hasEscapes: true),
            _ => ReadUnquoted(),
        };
    }

    private string ReadUnquoted()
    {
        var rest = GetRestOfLine();
        _position += rest.Length;
        for (var i = 0; i < rest.Length; i++)
        {
            // A # that does not follow a blank is part of the value.
            if (rest[i] == '#' && (i == 0 || rest[i - 1] is ' ' or '\t'))
            {
                rest = rest[..i];
            }
        }

        return rest.Trim().ToString();
    }

    private string ReadQuoted(char quote, bool hasEscapes)
    {
        var start = _position++;
        var value = new StringBuilder();
        while (_position < _text.Length && _text[_position] != quote)
        {
            var character = _text[_position++];
            value.Append(hasEscapes && character == '\\' && _position < _text.Length ? Unescape(_text[_position++]) : character.ToString());
        }

        if (_position >= _text.Length)
        {
            _position = start;
            throw CreateError($"has an unclosed quote ({quote}).");
        }

        _position++;
        SkipBlanks();
        if (!IsAtEndOfLine && _text[_position] != '#')
        {
            throw CreateError("has text after its closing quote. Write a quote inside a double-quoted value as \\\".");
        }

        SkipLine();
        return value.ToString();
    }

    private static string Unescape(char character) =>
        character switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '"' or '\\' or '\'' or '$' or '`' => character.ToString(),
            _ => $"\\{character}",
        };

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '.' or ':' or '-'))
            {
                return false;
            }
        }

        return name.Length > 0 && !char.IsAsciiDigit(name[0]);
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }

    private void SkipLine() => _position += GetRestOfLine().Length;

    private readonly ReadOnlySpan<char> GetRestOfLine()
    {
        var rest = _text[_position..];
        var end = rest.IndexOfAny('\n', '\r');
        return end < 0 ? rest : rest[..end];
    }

    private readonly NodeDataConfigurationException CreateError(string problem)
    {
        var before = _text[.._position];
        var line = 1 + before.Count('\n') + before.Count('\r') - before.Count("\r\n");
        return new NodeDataConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{_path}: line {line} {problem}"));
    }
}
