using Microsoft.Extensions.Configuration;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>Finds the members of a configuration section that no option reads. The descriptions never contain a value.</summary>
internal static class UnknownMembers
{
    private static readonly string[] OnlyInCode =
    [
        nameof(NodeClientOptions.TimeProvider),
        nameof(NodeClientOptions.LoggerFactory),
        nameof(NodeClientOptions.SecretResolvers),
    ];

    /// <summary>Describes each unknown member, with the most similar known name.</summary>
    /// <param name="section">The section.</param>
    /// <param name="known">The names of the members that are read.</param>
    public static IEnumerable<string> Describe(IConfigurationSection section, IReadOnlyCollection<string> known) =>
        section
            .GetChildren()
            .Where(member => !known.Contains(member.Key, StringComparer.OrdinalIgnoreCase))
            // A secret in place of a name is masked.
            .Select(member =>
                $"{SecretText.Mask(member.Path)} is not a setting of Node Data and is ignored.{GetAdvice(member.Key, known)}"
            );

    private static string GetAdvice(string name, IReadOnlyCollection<string> known) =>
        OnlyInCode.Contains(name, StringComparer.OrdinalIgnoreCase) ? " It can be set only in code."
        : FindNearest(name, known) is { } nearest ? $" Did you mean {nearest}?"
        : "";

    private static string? FindNearest(string name, IReadOnlyCollection<string> known) =>
        known
            .Select(candidate => (Name: candidate, Distance: GetEditDistance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(candidate =>
                candidate.Distance <= Math.Max(name.Length, candidate.Name.Length) / 3
                || candidate.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>Gets the number of characters to insert, delete or replace to turn one text into the other (Levenshtein distance).</summary>
    private static int GetEditDistance(string text, string other)
    {
        var distances = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= text.Length; row++)
        {
            var diagonal = distances[0];
            distances[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var replaced = diagonal + (text[row - 1] == other[column - 1] ? 0 : 1);
                diagonal = distances[column];
                distances[column] = Math.Min(replaced, Math.Min(diagonal, distances[column - 1]) + 1);
            }
        }

        return distances[^1];
    }
}
