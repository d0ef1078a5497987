using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// Creates and recognizes the names of the keys of a rotation: <c>ci-deploys~4be1f09c35a7d2</c>, and <c>…-2</c> for its second key. The tilde is followed by
/// six hex digits derived from the ID of the old key, which identify any rotation of that key even if its store is lost, and by eight random ones.
/// </summary>
internal static class RotationNames
{
    private const char Separator = '~';
    private const int OldKeyDigits = 6;
    private const int RandomDigits = 8;
    private const int SuffixLength = OldKeyDigits + RandomDigits;
    private const int MaxNameLength = 100;
    private const string IdPrefix = "rot_";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string CreateRotationId(string oldKeyId) =>
        IdPrefix + GetOldKeyDigits(oldKeyId) + Convert.ToHexString(RandomNumberGenerator.GetBytes(RandomDigits / 2)).ToLowerInvariant();

    /// <summary>Creates the name of a key of a rotation.</summary>
    /// <param name="name">The base name; a suffix of an earlier rotation is removed, and a name that is too long is truncated.</param>
    /// <param name="rotationId">The ID of the rotation.</param>
    /// <param name="attempt">The number of the attempt, starting with 1.</param>
    public static string CreateKeyName(string name, string rotationId, int attempt)
    {
        var number = attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{attempt}");
        var suffix = Separator + rotationId[IdPrefix.Length..] + number;
        var builder = new StringBuilder();
        foreach (var character in GetBaseName(name).EnumerateRunes().Take(MaxNameLength - suffix.Length))
        {
            builder.Append(character.ToString());
        }

        return builder.Append(suffix).ToString();
    }

    public static bool BelongsToRotation(string rotationId, string? name) =>
        FindSuffix(name) is { } suffix && rotationId.AsSpan(IdPrefix.Length).SequenceEqual(suffix);

    public static bool BelongsToAnyRotation(string oldKeyId, string? name) =>
        FindSuffix(name) is { } suffix && suffix.StartsWith(GetOldKeyDigits(oldKeyId), StringComparison.Ordinal);

    private static string GetBaseName(string name) => FindSuffix(name) is null ? name : name[..name.LastIndexOf(Separator)];

    private static string? FindSuffix(string? name)
    {
        var index = name?.LastIndexOf(Separator) ?? -1;
        if (index < 0)
        {
            return null;
        }

        var suffix = name.AsSpan(index + 1);
        var hasForm =
            suffix.Length >= SuffixLength
            && !suffix[..SuffixLength].ContainsAnyExcept(Digits)
            && (suffix.Length == SuffixLength || (suffix[SuffixLength] == '-' && int.TryParse(suffix[(SuffixLength + 1)..], out _)));
        return hasForm ? suffix[..SuffixLength].ToString() : null;
    }

    private static string GetOldKeyDigits(string oldKeyId) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(oldKeyId)).AsSpan(0, OldKeyDigits / 2)).ToLowerInvariant();
}
