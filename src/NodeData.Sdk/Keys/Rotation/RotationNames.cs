using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// The names that belong to a rotation: <c>ci-deploys~4be1f09c35a7d2</c>, and <c>…-2</c> for its second key. Behind the tilde stand six digits made of the old
/// key's id, by which any rotation of that key is known, even where its log is lost, and eight that are this rotation's own.
/// </summary>
internal static class RotationNames
{
    private const char Mark = '~';
    private const int OldKeyDigits = 6;
    private const int OwnDigits = 8;
    private const int TagLength = OldKeyDigits + OwnDigits;
    private const int LongestName = 100;
    private const string IdPrefix = "rot_";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string NewRotationId(string oldKeyId) =>
        IdPrefix + OldKeyPartOf(oldKeyId) + Convert.ToHexString(RandomNumberGenerator.GetBytes(OwnDigits / 2)).ToLowerInvariant();

    /// <summary>The name of a rotation's key.</summary>
    /// <param name="name">The name to build on; a suffix of an earlier rotation is taken off it, and what is too long is cut.</param>
    /// <param name="rotationId">The rotation.</param>
    /// <param name="attempt">1 for its first key.</param>
    public static string Of(string name, string rotationId, int attempt)
    {
        var number = attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{attempt}");
        var suffix = Mark + rotationId[IdPrefix.Length..] + number;
        var kept = new StringBuilder();
        foreach (var character in BaseOf(name).EnumerateRunes().Take(LongestName - suffix.Length))
        {
            kept.Append(character.ToString());
        }

        return kept.Append(suffix).ToString();
    }

    public static bool BelongsTo(string rotationId, string? name) =>
        TagIn(name) is { } tag && rotationId.AsSpan(IdPrefix.Length).SequenceEqual(tag);

    public static bool BelongsToSomeRotationOf(string oldKeyId, string? name) =>
        TagIn(name) is { } tag && tag.StartsWith(OldKeyPartOf(oldKeyId), StringComparison.Ordinal);

    private static string BaseOf(string name) => TagIn(name) is null ? name : name[..name.LastIndexOf(Mark)];

    private static string? TagIn(string? name)
    {
        var mark = name?.LastIndexOf(Mark) ?? -1;
        if (mark < 0)
        {
            return null;
        }

        var suffix = name.AsSpan(mark + 1);
        var hasForm =
            suffix.Length >= TagLength
            && !suffix[..TagLength].ContainsAnyExcept(Digits)
            && (suffix.Length == TagLength || (suffix[TagLength] == '-' && int.TryParse(suffix[(TagLength + 1)..], out _)));
        return hasForm ? suffix[..TagLength].ToString() : null;
    }

    private static string OldKeyPartOf(string oldKeyId) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(oldKeyId)).AsSpan(0, OldKeyDigits / 2)).ToLowerInvariant();
}
