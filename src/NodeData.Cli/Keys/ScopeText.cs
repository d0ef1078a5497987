using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>
/// Parses the values of <c>--scope</c>. The set is open, so an unknown scope is sent to the service; if the service rejects it, a similar known scope is
/// suggested.
/// </summary>
internal static class ScopeText
{
    private const int MaxEditDistance = 3;

    /// <exception cref="CommandFailedException">A value is not a valid scope.</exception>
    public static ApiKeyScopeSet Parse(IReadOnlyCollection<string> texts) =>
        texts.Count == 0 ? ApiKeyScopeSet.FullAccess : ApiKeyScopeSet.Create([.. texts.Select(ParseScope)]);

    /// <summary>Suggests known scopes for unknown ones; empty if none is similar.</summary>
    public static string FormatSuggestion(IEnumerable<string> texts)
    {
        var suggestions = texts.Select(text => (text, near: FindNearest(text))).Where(candidate => candidate.near is not null).ToList();
        return suggestions.Count == 0
            ? ""
            : $" Did you mean {string.Join(", ", suggestions.Select(candidate => $"{candidate.near} for {candidate.text}"))}?";
    }

    private static ApiKeyScope ParseScope(string text)
    {
        if (text.Contains(',', StringComparison.Ordinal))
        {
            throw CommandFailedException.Usage(
                $"--scope {text} contains a comma. Repeat --scope for each scope: --scope models:read --scope models:upload."
            );
        }

        try
        {
            return new ApiKeyScope(text);
        }
        catch (ArgumentException exception)
        {
            throw CommandFailedException.Usage("A --scope is 1 to 100 visible ASCII characters, such as models:read.", exception);
        }
    }

    private static string? FindNearest(string text)
    {
        var nearest = ApiKeyScope
            .Known.Select(scope => (scope.Value, Distance: Distance(text, scope.Value)))
            .MinBy(candidate => candidate.Distance);
        return nearest.Distance is > 0 and <= MaxEditDistance ? nearest.Value : null;
    }

    // The Levenshtein distance.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
