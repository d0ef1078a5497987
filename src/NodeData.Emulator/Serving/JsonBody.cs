using System.Text;
using System.Text.Json;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>The JSON object of a request, read member by member, so that errors name the member. Unknown members are ignored.</summary>
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
        FindMember(member) is { } value ? ReadString(value, member, $"{member} must be a string.") : null;

    public IReadOnlyList<string>? GetOptionalStrings(string member)
    {
        if (FindMember(member) is not { } value)
        {
            return null;
        }

        var errorMessage = $"{member} must be an array of strings.";
        return value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => ReadString(item, member, errorMessage))]
            : throw ApiErrorException.Invalid(member, errorMessage);
    }

    public bool? GetOptionalBoolean(string member) =>
        FindMember(member) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw ApiErrorException.Invalid(member, $"{member} must be true or false.");

    public double? GetOptionalNumber(string member) =>
        FindMember(member) is not { } value ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) ? number
        : throw ApiErrorException.Invalid(member, $"{member} must be a number.");

    /// <summary>Returns a member of any JSON type, as bytes.</summary>
    public byte[]? GetOptionalJson(string member) => FindMember(member) is { } value ? Encoding.UTF8.GetBytes(value.GetRawText()) : null;

    public int GetInteger(string member, int? defaultValue, int min, int max) =>
        (GetOptionalNumber(member) ?? defaultValue) is { } number && number >= min && number <= max && number == Math.Floor(number)
            ? (int)number
            : throw ApiErrorException.Invalid(member, $"{member} must be an integer from {min} to {max}.");

    public IReadOnlyDictionary<string, string>? GetOptionalMap(string member)
    {
        if (FindMember(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw ApiErrorException.Invalid(member, $"{member} must be an object with string values.");
        }

        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in value.EnumerateObject())
        {
            if (!map.TryAdd(item.Name, ReadString(item.Value, member, $"{member} must be an object with string values.")))
            {
                throw ApiErrorException.Invalid(member, $"{member} contains a name twice; names are case-insensitive.");
            }
        }

        return map;
    }

    /// <summary>Whether a member is present and null, which some calls distinguish from a missing member.</summary>
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
            // A lone surrogate or invalid UTF-8: valid for the JSON parser, but not a string.
            throw ApiErrorException.Invalid(member, errorMessage);
        }
    }
}
