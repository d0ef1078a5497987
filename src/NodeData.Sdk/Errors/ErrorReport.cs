using System.Text.Json;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Errors;

/// <summary>Contains the data of an API exception: the content of the body, the data of the headers, and the message.</summary>
internal sealed record ErrorReport(string Message)
{
    public string? Code { get; init; }

    public string? Field { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public RateLimit? RateLimit { get; init; }

    public string? Body { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Details { get; init; } = SecretJson.None;
}
