using System.Buffers;

namespace NodeData.Cli.Secrets;

/// <summary>
/// Tells a secret from a word: <c>nd_test_</c> also begins names of variables, and ends words such as <c>found_test_</c>. What is doubtful counts as a secret.
/// </summary>
internal static class SecretToken
{
    /// <summary>The longest secret; a longer run of its characters is cut there.</summary>
    public const int MaxLength = 255;

    /// <summary>From here on a key needs no digit: no name of a variable is taken for one below.</summary>
    private const int MinLengthWithoutDigit = 16;
    private const int MinLengthWithDigit = 6;
    private const int MinLengthAfterWordCharacter = 20;
    private const string TestKey = "nd_test_";
    private const string LiveKey = "nd_live_";
    private const string Webhook = "whsec_";
    private static readonly SearchValues<string> Prefixes = SearchValues.Create([TestKey, LiveKey, Webhook], StringComparison.Ordinal);

    /// <summary>The secret that a run of characters is; null where it is none.</summary>
    /// <param name="token">A prefix, and the characters of a secret that follow it.</param>
    /// <param name="isAfterWordCharacter">Whether a letter, a digit or an underscore stands right before it.</param>
    /// <param name="isFollowedByMask">Whether an ellipsis, an asterisk or the like follows: the beginning of a secret that is not shown whole.</param>
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

    /// <summary>How much of a text stands before the first beginning of a secret; all of it where there is none.</summary>
    public static int GetLengthBeforePrefix(ReadOnlySpan<char> text) => text.IndexOfAny(Prefixes) is >= 0 and var at ? at : text.Length;

    private static SecretRule GetRule(string token) =>
        token.StartsWith(TestKey, StringComparison.Ordinal) ? SecretRule.TestKey
        : token.StartsWith(LiveKey, StringComparison.Ordinal) ? SecretRule.LiveKey
        : SecretRule.WebhookSecret;
}
