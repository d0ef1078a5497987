using System.Buffers;
using NodeData.Sdk;

namespace NodeData.Cli.Secrets;

/// <summary>Finds the service's secrets in text: <c>nd_test_…</c>, <c>nd_live_…</c>, <c>whsec_…</c> (contract, "Authentication").</summary>
internal static class SecretFinder
{
    private static readonly SearchValues<string> Prefixes = SearchValues.Create(
        ["nd_test_", "nd_live_", "whsec_"],
        StringComparison.Ordinal
    );
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    /// <summary>Returns the range of every complete secret in a text.</summary>
    public static List<Range> Find(ReadOnlySpan<char> text)
    {
        var found = new List<Range>();
        for (var from = 0; text[from..].IndexOfAny(Prefixes) is >= 0 and var at; )
        {
            var start = from + at;
            var length = text[start..].IndexOfAnyExcept(Characters) is >= 0 and var end ? end : text.Length - start;
            var secret = text.Slice(start, length).ToString();
            if (ApiKey.TryParse(secret, out _) || WebhookSecret.TryParse(secret, out _))
            {
                found.Add(new Range(start, start + length));
            }

            from = start + length;
        }

        return found;
    }

    /// <summary>Returns the masked secret, for display.</summary>
    public static string Hint(string secret) =>
        ApiKey.TryParse(secret, out var key) ? key.Hint
        : WebhookSecret.TryParse(secret, out var webhookSecret) ? webhookSecret.ToString()
        : "…";

    /// <summary>Returns the text with every secret in it masked.</summary>
    public static string Mask(string text)
    {
        foreach (var range in Enumerable.Reverse(Find(text)))
        {
            text = $"{text[..range.Start]}{Hint(text[range])}{text[range.End..]}";
        }

        return text;
    }
}
