using System.Text;
using System.Text.Json;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Errors;

/// <summary>
/// What the body of an error says (contract, "Errors"): the service's own shape, the shape of the gate in front of it, or something else (empty, HTML, not an
/// object), of which only the text remains. Secrets in it are masked.
/// </summary>
internal sealed record ErrorAnswer
{
    private static readonly string[] ReadMembers = ["error", "code", "message", "field", "request_id", "retry_after_seconds"];

    public string? Code { get; private init; }

    public string? Message { get; private init; }

    public string? Field { get; private init; }

    public string? RequestId { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    public string? Body { get; private init; }

    public IReadOnlyDictionary<string, JsonElement> Details { get; private init; } = SecretJson.None;

    public static ErrorAnswer Read(ReadOnlySpan<byte> body)
    {
        var text = body.IsEmpty ? null : SecretText.Mask(Encoding.UTF8.GetString(body));
        try
        {
            var reader = new Utf8JsonReader(UnpairedSurrogates.Replace(body));
            return JsonElement.TryParseValue(ref reader, out var root) && root is { ValueKind: JsonValueKind.Object } answer
                ? FromObject(answer)
                : new ErrorAnswer { Body = text };
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON with text that no string can hold: the status still says what happened, and the text is kept.
            return new ErrorAnswer { Body = text };
        }
    }

    private static ErrorAnswer FromObject(JsonElement root)
    {
        var error = root.TryGetProperty("error", out var member) && member.ValueKind is JsonValueKind.Object ? member : root;
        return new ErrorAnswer
        {
            Code = TextOf(error, "code") ?? TextOf(root, "error"),
            Message = TextOf(error, "message"),
            Field = TextOf(error, "field"),
            RequestId = TextOf(error, "request_id") ?? TextOf(root, "request_id"),
            RetryAfter = SecondsOf(error) ?? SecondsOf(root),
            Body = SecretJson.Mask(root).GetRawText(),
            Details = DetailsOf(root, error),
        };
    }

    private static string? TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member)
        && member.ValueKind is JsonValueKind.String
        && member.GetString() is { Length: > 0 } text
            ? SecretText.Mask(text)
            : null;

    private static TimeSpan? SecondsOf(JsonElement parent) =>
        parent.TryGetProperty("retry_after_seconds", out var member)
        && member.ValueKind is JsonValueKind.Number
        && member.TryGetDouble(out var seconds)
        && seconds is >= 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static IReadOnlyDictionary<string, JsonElement> DetailsOf(JsonElement root, JsonElement error)
    {
        var details = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject().Concat(error.EnumerateObject()).Where(member => !ReadMembers.Contains(member.Name)))
        {
            details[member.Name] = member.Value;
        }

        return SecretJson.Mask(details);
    }
}
