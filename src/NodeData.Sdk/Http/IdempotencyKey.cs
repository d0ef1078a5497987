namespace NodeData.Sdk.Http;

/// <summary>What an idempotency key may be (contract, "API keys").</summary>
internal static class IdempotencyKey
{
    private const int MaximumLength = 255;

    public static string Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return key.Length <= MaximumLength && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new ArgumentException(
                $"An idempotency key is 1 to {MaximumLength} visible ASCII characters, such as a GUID.",
                nameof(key)
            );
    }
}
