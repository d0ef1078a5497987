namespace NodeData.Sdk.Credentials;

/// <summary>Masks a secret (contract, "Authentication"): shows its prefix, and its last four characters if the secret is long enough.</summary>
internal static class SecretMask
{
    private const int MinLengthToShowSuffix = 20;

    public static string Mask(ReadOnlySpan<char> secret, int prefixLength)
    {
        var prefix = secret[..prefixLength];
        return secret.Length - prefixLength < MinLengthToShowSuffix ? $"{prefix}…" : $"{prefix}…{secret[^4..]}";
    }

    /// <summary>Determines whether a string is a placeholder from the documentation or a masked secret.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> text) =>
        text.ContainsAny('…', '<', '*') || text.Contains("...", StringComparison.Ordinal);
}
