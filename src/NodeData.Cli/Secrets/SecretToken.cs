using System.Buffers;

namespace NodeData.Cli.Secrets;

/// <summary>
/// Distinguishes a secret from an ordinary word: <c>nd_test_</c> is also a prefix of variable names and a suffix of words such as <c>found_test_</c>. Ambiguous
/// text counts as a secret.
/// </summary>
internal static class SecretToken
{
    /// <summary>The maximum length of a secret. A longer run of its characters is cut off there.</summary>
    public const int MaxLength = 255;

    /// <summary>The length from which a key needs no digit. Shorter text without a digit may be the name of a variable.</summary>
    private const int MinLengthWithoutDigit = 16;
    private const int MinLengthWithDigit = 6;
    private const int MinLengthAfterWordCharacter = 20;
    private const string TestKey = "nd_test_";
    private const string LiveKey = "nd_live_";
    private const string Webhook = "whsec_";
    private static readonly SearchValues<string> Prefixes = SearchValues.Create([TestKey, LiveKey, Webhook], StringComparison.Ordinal);

    /// <summary>Returns the secret in a run of characters; null if it is not a secret.</summary>
    /// <param name="token">A prefix and the secret's characters that follow it.</param>
    /// <param name="isAfterWordCharacter">Whether a letter, a digit or an underscore directly precedes it.</param>
    /// <param name="isFollowedByMask">Whether an ellipsis, an asterisk or the like follows it: the start of a masked secret.</param>
    public static FoundSecret? Detect(string token, bool isAfterWordCharacter, bool isFollowedByMask)
    {
        var rest = token.AsSpan(GetPrefix(token).Length);
        var hasDigit = rest.ContainsAnyInRange('0', '9');
        var isKey = !token.StartsWith(Webhook, StringComparison.Ordinal);
        var isLongEnough =
            isAfterWordCharacter ? rest.Length >= MinLengthAfterWordCharacter && hasDigit
            : rest.Length >= MinLengthWithoutDigit ? true
            : isKey && !isFollowedByMask && hasDigit && rest.Length >= MinLengthWithDigit;
        return isLongEnough && !Placeholders.Contains(token) ? new FoundSecret(GetRule(token), token) : null;
    }

    public static string GetPrefix(string token) =>
        token.StartsWith(TestKey, StringComparison.Ordinal) ? TestKey
        : token.StartsWith(LiveKey, StringComparison.Ordinal) ? LiveKey
        : token.StartsWith($"{Webhook}test_", StringComparison.Ordinal) ? $"{Webhook}test_"
        : token.StartsWith($"{Webhook}live_", StringComparison.Ordinal) ? $"{Webhook}live_"
        : Webhook;

    /// <summary>Returns the length of the text before the first prefix of a secret; the whole length if there is none.</summary>
    public static int GetLengthBeforePrefix(ReadOnlySpan<char> text) => text.IndexOfAny(Prefixes) is >= 0 and var at ? at : text.Length;

    private static SecretRule GetRule(string token) =>
        token.StartsWith(TestKey, StringComparison.Ordinal) ? SecretRule.TestKey
        : token.StartsWith(LiveKey, StringComparison.Ordinal) ? SecretRule.LiveKey
        : SecretRule.WebhookSecret;
}
