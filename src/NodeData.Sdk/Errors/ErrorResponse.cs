using System.Text;
using System.Text.Json;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Errors;

/// <summary>
/// Represents the body of an error response (contract, "Errors"): the JSON model of the service, that of the gateway in front of it, or any other content
/// (empty, HTML, not an object), which is kept as a string. Secrets are masked.
/// </summary>
internal sealed record ErrorResponse
{
    private static readonly string[] KnownMembers = ["error", "code", "message", "field", "request_id", "retry_after_seconds"];

    public string? Code { get; private init; }

    public string? Message { get; private init; }

    public string? Field { get; private init; }

    public string? RequestId { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    public string? Body { get; private init; }

    public IReadOnlyDictionary<string, JsonElement> Details { get; private init; } = SecretJson.None;

    public static ErrorResponse Read(ReadOnlySpan<byte> body)
    {
        body = JsonText.WithoutByteOrderMark(body);
        var text = body.IsEmpty ? null : SecretText.Mask(Encoding.UTF8.GetString(body));
        try
        {
            var reader = new Utf8JsonReader(UnpairedSurrogates.Replace(body));
            return JsonElement.TryParseValue(ref reader, out var root) && root is { ValueKind: JsonValueKind.Object } errorObject
                ? FromObject(errorObject)
                : new ErrorResponse { Body = text };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The body is not JSON, or contains a string that is not valid Unicode: it is kept as a string, and the exception type depends on the status only.
            return new ErrorResponse { Body = text };
        }
    }

    private static ErrorResponse FromObject(JsonElement root)
    {
        var error = root.TryGetProperty("error", out var member) && member.ValueKind is JsonValueKind.Object ? member : root;
        return new ErrorResponse
        {
            Code = GetText(error, "code") ?? GetText(root, "error"),
            Message = GetText(error, "message"),
            Field = GetText(error, "field"),
            RequestId = GetText(error, "request_id") ?? GetText(root, "request_id"),
            RetryAfter = GetSeconds(error) ?? GetSeconds(root),
            Body = SecretJson.Mask(root).GetRawText(),
            Details = GetDetails(root, error),
        };
    }

    private static string? GetText(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member)
        && member.ValueKind is JsonValueKind.String
        && member.GetString() is { Length: > 0 } text
            ? SecretText.Mask(text)
            : null;

    private static TimeSpan? GetSeconds(JsonElement parent) =>
        parent.TryGetProperty("retry_after_seconds", out var member)
        && member.ValueKind is JsonValueKind.Number
        && member.TryGetDouble(out var seconds)
        && seconds is >= 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static IReadOnlyDictionary<string, JsonElement> GetDetails(JsonElement root, JsonElement error)
    {
        var details = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject().Concat(error.EnumerateObject()).Where(member => !KnownMembers.Contains(member.Name)))
        {
            details[member.Name] = member.Value;
        }

        return SecretJson.Mask(details);
    }
}
