using System.Net.Http.Headers;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>The result of a POST.</summary>
/// <param name="Status">The status of the response; null if there was none.</param>
/// <param name="Error">Why there was no response.</param>
/// <param name="Duration">The duration.</param>
internal sealed record WebhookSendResult(int? Status, string? Error, TimeSpan Duration)
{
    /// <summary>The body of the response.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The headers of the response, including content headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string? Text => Body.Length == 0 ? null : System.Text.Encoding.UTF8.GetString(Body);

    public static IReadOnlyList<KeyValuePair<string, string>> GetHeaders(HttpResponseMessage response) =>
        [.. Flatten(response.Headers), .. Flatten(response.Content.Headers)];

    private static IEnumerable<KeyValuePair<string, string>> Flatten(HttpHeaders headers) =>
        headers.NonValidated.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));
}
