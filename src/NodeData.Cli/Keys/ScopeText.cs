using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Scopes as they are written with <c>--scope</c>. The set is open, so an unknown one goes to the service; a near miss is told when it refuses.</summary>
internal static class ScopeText
{
    private const int FurthestMiss = 3;

    /// <exception cref="CommandFailedException">A text can be no scope.</exception>
    public static ApiKeyScopeSet Parse(IReadOnlyCollection<string> texts) =>
        texts.Count == 0 ? ApiKeyScopeSet.FullAccess : ApiKeyScopeSet.Create([.. texts.Select(ParseOne)]);

    /// <summary>What was probably meant by scopes that nobody knows; empty where there is nothing near.</summary>
    public static string Suggestion(IEnumerable<string> texts)
    {
        var meant = texts.Select(text => (text, near: NearestTo(text))).Where(miss => miss.near is not null).ToList();
        return meant.Count == 0 ? "" : $" Did you mean {string.Join(", ", meant.Select(miss => $"{miss.near} for {miss.text}"))}?";
    }

    private static ApiKeyScope ParseOne(string text)
    {
        if (text.Contains(',', StringComparison.Ordinal))
        {
            throw CommandFailedException.Usage(
                $"--scope {text} holds a comma. Write --scope once for each: --scope models:read --scope models:upload."
            );
        }

        try
        {
            return new ApiKeyScope(text);
        }
        catch (ArgumentException mistake)
        {
            throw CommandFailedException.Usage("A --scope is 1 to 100 visible ASCII characters, such as models:read.", mistake);
        }
    }

    private static string? NearestTo(string text)
    {
        var nearest = ApiKeyScope
            .Known.Select(scope => (scope.Value, Distance: Distance(text, scope.Value)))
            .MinBy(candidate => candidate.Distance);
        return nearest.Distance is > 0 and <= FurthestMiss ? nearest.Value : null;
    }

    // How many letters must be put in, taken out or changed (Levenshtein).
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
