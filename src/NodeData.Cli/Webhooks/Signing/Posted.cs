using System.Net.Http.Headers;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>What became of a POST.</summary>
/// <param name="Status">What was answered; null where nothing was.</param>
/// <param name="Error">Why nothing was answered.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Posted(int? Status, string? Error, TimeSpan Took)
{
    /// <summary>The answer's body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The answer's headers, those of its body included.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string? Text => Body.Length == 0 ? null : System.Text.Encoding.UTF8.GetString(Body);

    public static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(HttpResponseMessage response) =>
        [.. Flat(response.Headers), .. Flat(response.Content.Headers)];

    private static IEnumerable<KeyValuePair<string, string>> Flat(HttpHeaders headers) =>
        headers.NonValidated.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));
}
