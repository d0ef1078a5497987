namespace NodeData.Sdk.Http;

/// <summary>Validates idempotency keys (contract, "API keys").</summary>
internal static class IdempotencyKey
{
    private const int MaxLength = 255;

    public static string Validate(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return key.Length <= MaxLength && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new ArgumentException(
                $"An idempotency key must be 1 to {MaxLength} visible ASCII characters, such as a GUID.",
                nameof(key)
            );
    }
}
