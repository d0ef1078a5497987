using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Enumerates what a body may have been before it was changed in transit, each with the cause of the change.</summary>
internal static class BodyVariants
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<(byte[] Body, string Cause)> Enumerate(byte[] body)
    {
        const string LineBreakAdded = "A line break was added at the end of the body, by an editor, echo or a here-document.";
        const string LineBreakRemoved = "The line break at the end of the body was removed, by $(…) or a trim.";
        const string ByteOrderMarkAdded = "A byte order mark was added at the start of the body.";
        const string ByteOrderMarkRemoved = "The byte order mark at the start of the body was removed, by decoding it.";
        const string LineBreaksChanged = "The line breaks in the body were changed, by git, an editor or a transfer as text.";
        const string Reserialized =
            "The body was parsed and serialized again by a JSON parser, with different spaces, line breaks or escapes.";

        if (body.AsSpan().EndsWith("\r\n"u8))
        {
            yield return (body[..^2], LineBreakAdded);
        }

        if (body.AsSpan().EndsWith("\n"u8))
        {
            yield return (body[..^1], LineBreakAdded);
        }

        yield return ([.. body, .. "\n"u8], LineBreakRemoved);
        yield return ([.. body, .. "\r\n"u8], LineBreakRemoved);
        var mark = Encoding.UTF8.GetPreamble();
        yield return body.AsSpan().StartsWith(mark)
            ? (body[mark.Length..], ByteOrderMarkAdded)
            : ([.. mark, .. body], ByteOrderMarkRemoved);

        var text = Encoding.Latin1.GetString(body);
        var unix = text.ReplaceLineEndings("\n");
        yield return (Encoding.Latin1.GetBytes(unix), LineBreaksChanged);
        yield return (Encoding.Latin1.GetBytes(unix.Replace("\n", "\r\n", StringComparison.Ordinal)), LineBreaksChanged);

        foreach (var serialized in Reserialize(body))
        {
            yield return (serialized, Reserialized);
        }
    }

    private static List<byte[]> Reserialize(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var element = document.RootElement;
            return [SerializeWithSeparators(element, ",", ":"), SerializeWithSeparators(element, ", ", ": "), SerializeIndented(element)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or it contains an unpaired surrogate.
            return [];
        }
    }

    private static byte[] SerializeIndented(JsonElement element)
    {
        var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
        {
            element.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    private static byte[] SerializeWithSeparators(JsonElement element, string comma, string colon)
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
                            text.Append(Quote(member.Name)).Append(colon);
                            Write(member.Value);
                        }
                    );
                    break;
                case JsonValueKind.Array:
                    WriteAll('[', ']', value.EnumerateArray(), Write);
                    break;
                case JsonValueKind.String:
                    text.Append(Quote(value.GetString()!));
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

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
