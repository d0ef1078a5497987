namespace NodeData.Sdk.Credentials;

/// <summary>How a secret is shown (contract, "Authentication"): its prefix, and its last four characters where enough of it stays hidden.</summary>
internal static class SecretMask
{
    private const int MinLengthToShowSuffix = 20;

    public static string Mask(ReadOnlySpan<char> secret, int prefixLength)
    {
        var prefix = secret[..prefixLength];
        return secret.Length - prefixLength < MinLengthToShowSuffix ? $"{prefix}…" : $"{prefix}…{secret[^4..]}";
    }

    /// <summary>Whether a text is what documentation or a mask shows in place of a secret.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> text) =>
        text.ContainsAny('…', '<', '*') || text.Contains("...", StringComparison.Ordinal);
}
