using System.Text;
using System.Text.Json;
using NodeData.Emulator.Answers;

namespace NodeData.Emulator.Serving;

/// <summary>A JSON object in a request, read member by member, so that a wrong one can be named. Members that nobody asks for are let be.</summary>
internal sealed class JsonBody : IDisposable
{
    private readonly JsonDocument _document;

    private JsonBody(JsonDocument document) => _document = document;

    public static JsonBody Parse(ReadOnlyMemory<byte> bytes)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            throw Refusal.Invalid(field: null, "The body is not JSON.");
        }

        if (document.RootElement.ValueKind is JsonValueKind.Object)
        {
            return new JsonBody(document);
        }

        document.Dispose();
        throw Refusal.Invalid(field: null, "The body is not a JSON object.");
    }

    public string Text(string member) => OptionalText(member) ?? throw Refusal.Invalid(member, $"{member} is missing.");

    public string? OptionalText(string member) => Member(member) is { } value ? TextOf(value, member, $"{member} is no text.") : null;

    public IReadOnlyList<string>? OptionalTexts(string member)
    {
        if (Member(member) is not { } value)
        {
            return null;
        }

        var complaint = $"{member} is no list of texts.";
        return value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => TextOf(item, member, complaint))]
            : throw Refusal.Invalid(member, complaint);
    }

    public bool? OptionalTruth(string member) =>
        Member(member) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Refusal.Invalid(member, $"{member} is neither true nor false.");

    public double? OptionalNumber(string member) =>
        Member(member) is not { } value ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) ? number
        : throw Refusal.Invalid(member, $"{member} is no number.");

    /// <summary>Any JSON, as bytes.</summary>
    public byte[]? OptionalJson(string member) => Member(member) is { } value ? Encoding.UTF8.GetBytes(value.GetRawText()) : null;

    public int WholeNumber(string member, int? unlessGiven, int least, int most) =>
        (OptionalNumber(member) ?? unlessGiven) is { } number && number >= least && number <= most && number == Math.Floor(number)
            ? (int)number
            : throw Refusal.Invalid(member, $"{member} is a whole number from {least} to {most}.");

    public IReadOnlyDictionary<string, string>? OptionalMap(string member)
    {
        if (Member(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw Refusal.Invalid(member, $"{member} is no object whose members are texts.");
        }

        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in value.EnumerateObject())
        {
            if (!map.TryAdd(item.Name, TextOf(item.Value, member, $"{member} is no object whose members are texts.")))
            {
                throw Refusal.Invalid(member, $"{member} has a member twice; upper and lower case are the same.");
            }
        }

        return map;
    }

    /// <summary>Whether a member is there and null, which some calls tell from one that is missing.</summary>
    public bool IsNull(string member) =>
        _document.RootElement.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Null;

    public void Dispose() => _document.Dispose();

    private JsonElement? Member(string member) =>
        _document.RootElement.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static string TextOf(JsonElement value, string member, string complaint)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            throw Refusal.Invalid(member, complaint);
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: JSON to the reader, but no text.
            throw Refusal.Invalid(member, complaint);
        }
    }
}
