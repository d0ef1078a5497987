namespace NodeData.Sdk;

/// <summary>
/// A key that was just made, with its secret, which can never be read again: put it where it is to live before letting go of this. It prints masked
/// everywhere; <see cref="Reveal"/> gives the secret. Immutable.
/// </summary>
/// <param name="Info">What every later answer tells about the key.</param>
/// <param name="Secret">The key itself.</param>
public sealed record CreatedApiKey(ApiKeyInfo Info, ApiKey Secret)
{
    /// <summary>The id, such as <c>key_…</c>.</summary>
    public string Id => Info.Id;

    /// <summary>The name it was given.</summary>
    public string? Name => Info.Name;

    /// <summary>The mode, from the key itself.</summary>
    public KeyMode Mode => Secret.Mode;

    /// <summary>What it may do; null where the service did not say.</summary>
    public ApiKeyScopeSet? Scopes => Info.Scopes;

    /// <summary>When it stops being accepted; null for never, or where the service did not say.</summary>
    public DateTimeOffset? ExpiresAt => Info.ExpiresAt;

    /// <summary>The secret itself. Hand it to what needs it, and to nothing that logs.</summary>
    public string Reveal() => Secret.Reveal();
}
