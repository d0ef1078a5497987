using System.Text;
using System.Text.Json;
using NodeData.Emulator.Responses;

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
            throw ApiErrorException.Invalid(field: null, "The body is not JSON.");
        }

        if (document.RootElement.ValueKind is JsonValueKind.Object)
        {
            return new JsonBody(document);
        }

        document.Dispose();
        throw ApiErrorException.Invalid(field: null, "The body is not a JSON object.");
    }

    public string GetString(string member) => GetOptionalString(member) ?? throw ApiErrorException.Invalid(member, $"{member} is missing.");

    public string? GetOptionalString(string member) =>
        FindMember(member) is { } value ? ReadString(value, member, $"{member} is no text.") : null;

    public IReadOnlyList<string>? GetOptionalStrings(string member)
    {
        if (FindMember(member) is not { } value)
        {
            return null;
        }

        var errorMessage = $"{member} is no list of texts.";
        return value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => ReadString(item, member, errorMessage))]
            : throw ApiErrorException.Invalid(member, errorMessage);
    }

    public bool? GetOptionalBoolean(string member) =>
        FindMember(member) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw ApiErrorException.Invalid(member, $"{member} is neither true nor false.");

    public double? GetOptionalNumber(string member) =>
        FindMember(member) is not { } value ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) ? number
        : throw ApiErrorException.Invalid(member, $"{member} is no number.");

    /// <summary>Any JSON, as bytes.</summary>
    public byte[]? GetOptionalJson(string member) => FindMember(member) is { } value ? Encoding.UTF8.GetBytes(value.GetRawText()) : null;

    public int GetInteger(string member, int? defaultValue, int min, int max) =>
        (GetOptionalNumber(member) ?? defaultValue) is { } number && number >= min && number <= max && number == Math.Floor(number)
            ? (int)number
            : throw ApiErrorException.Invalid(member, $"{member} is a whole number from {min} to {max}.");

    public IReadOnlyDictionary<string, string>? GetOptionalMap(string member)
    {
        if (FindMember(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw ApiErrorException.Invalid(member, $"{member} is no object whose members are texts.");
        }

        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in value.EnumerateObject())
        {
            if (!map.TryAdd(item.Name, ReadString(item.Value, member, $"{member} is no object whose members are texts.")))
            {
                throw ApiErrorException.Invalid(member, $"{member} has a member twice; upper and lower case are the same.");
            }
        }

        return map;
    }

    /// <summary>Whether a member is there and null, which some calls tell from one that is missing.</summary>
    public bool IsNull(string member) =>
        _document.RootElement.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Null;

    public void Dispose() => _document.Dispose();

    private JsonElement? FindMember(string member) =>
        _document.RootElement.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static string ReadString(JsonElement value, string member, string errorMessage)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            throw ApiErrorException.Invalid(member, errorMessage);
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: JSON to the reader, but no text.
            throw ApiErrorException.Invalid(member, errorMessage);
        }
    }
}
