using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>What a body may have been before it was changed on its way, each with what changed it.</summary>
internal static class ChangedBodies
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<(byte[] Body, string Cause)> Of(byte[] body)
    {
        const string Longer = "A line break was added behind the body: by an editor, echo or a here-document.";
        const string Shorter = "The line break behind the body was cut off: by $(…) or a trim.";
        const string Marked = "A byte order mark was added in front of the body.";
        const string Unmarked = "The byte order mark in front of the body was cut off: by decoding it.";
        const string Broken = "The line breaks in the body were changed: by git, an editor or a transfer as text.";
        const string Parsed =
            "The body was changed by a JSON parser: it was read and written again, with other spaces, line breaks or escapes.";

        if (body.AsSpan().EndsWith("\r\n"u8))
        {
            yield return (body[..^2], Longer);
        }

        if (body.AsSpan().EndsWith("\n"u8))
        {
            yield return (body[..^1], Longer);
        }

        yield return ([.. body, .. "\n"u8], Shorter);
        yield return ([.. body, .. "\r\n"u8], Shorter);
        var mark = Encoding.UTF8.GetPreamble();
        yield return body.AsSpan().StartsWith(mark) ? (body[mark.Length..], Marked) : ([.. mark, .. body], Unmarked);

        var text = Encoding.Latin1.GetString(body);
        var unix = text.ReplaceLineEndings("\n");
        yield return (Encoding.Latin1.GetBytes(unix), Broken);
        yield return (Encoding.Latin1.GetBytes(unix.Replace("\n", "\r\n", StringComparison.Ordinal)), Broken);

        foreach (var written in WrittenAgain(body))
        {
            yield return (written, Parsed);
        }
    }

    private static List<byte[]> WrittenAgain(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var element = document.RootElement;
            return [Spaced(element, ",", ":"), Spaced(element, ", ", ": "), WithIndents(element)];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // No JSON, or half an emoji in it.
            return [];
        }
    }

    private static byte[] WithIndents(JsonElement element)
    {
        var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
        {
            element.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    private static byte[] Spaced(JsonElement element, string comma, string colon)
    {
        var text = new StringBuilder();
        Write(element);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Write(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    WriteAll(
                        '{',
                        '}',
                        value.EnumerateObject(),
                        member =>
                        {
                            text.Append(Quoted(member.Name)).Append(colon);
                            Write(member.Value);
                        }
                    );
                    break;
                case JsonValueKind.Array:
                    WriteAll('[', ']', value.EnumerateArray(), Write);
                    break;
                case JsonValueKind.String:
                    text.Append(Quoted(value.GetString()!));
                    break;
                default:
                    text.Append(value.GetRawText());
                    break;
            }
        }

        void WriteAll<T>(char open, char close, IEnumerable<T> parts, Action<T> write)
        {
            text.Append(open);
            var isFirst = true;
            foreach (var part in parts)
            {
                text.Append(isFirst ? "" : comma);
                isFirst = false;
                write(part);
            }

            text.Append(close);
        }
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
