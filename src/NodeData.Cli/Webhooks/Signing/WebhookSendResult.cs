using System.Net.Http.Headers;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>What became of a POST.</summary>
/// <param name="Status">What was answered; null where nothing was.</param>
/// <param name="Error">Why nothing was answered.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record WebhookSendResult(int? Status, string? Error, TimeSpan Duration)
{
    /// <summary>The answer's body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The answer's headers, those of its body included.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string? Text => Body.Length == 0 ? null : System.Text.Encoding.UTF8.GetString(Body);

    public static IReadOnlyList<KeyValuePair<string, string>> GetHeaders(HttpResponseMessage response) =>
        [.. Flatten(response.Headers), .. Flatten(response.Content.Headers)];

    private static IEnumerable<KeyValuePair<string, string>> Flatten(HttpHeaders headers) =>
        headers.NonValidated.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));
}
