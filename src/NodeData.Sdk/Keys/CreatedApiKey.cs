namespace NodeData.Sdk;

/// <summary>
/// Represents a newly created API key with its secret. The secret cannot be read again: store it before this object is discarded. <c>ToString</c> returns it
/// masked; <see cref="Reveal"/> returns it unmasked. Immutable.
/// </summary>
/// <param name="Info">The key without its secret, as later responses describe it.</param>
/// <param name="Secret">The key itself.</param>
public sealed record CreatedApiKey(ApiKeyInfo Info, ApiKey Secret)
{
    /// <summary>The ID, such as <c>key_…</c>.</summary>
    public string Id => Info.Id;

    /// <summary>The name.</summary>
    public string? Name => Info.Name;

    /// <summary>The mode, taken from the key itself.</summary>
    public KeyMode Mode => Secret.Mode;

    /// <summary>The scopes; null if the service did not return them.</summary>
    public ApiKeyScopeSet? Scopes => Info.Scopes;

    /// <summary>The time at which the key expires; null if it does not expire, or if the service did not return it.</summary>
    public DateTimeOffset? ExpiresAt => Info.ExpiresAt;

    /// <summary>Gets the secret as an unmasked string. Do not log it.</summary>
    /// <returns>The secret.</returns>
    public string Reveal() => Secret.Reveal();
}
