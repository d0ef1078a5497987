namespace NodeData.Sdk.Keys.Rotation;

/// <summary>What can be said of a key's life where any member of an answer may be missing.</summary>
internal static class ApiKeyLifetime
{
    /// <summary>Whether the service can be taken to accept the key.</summary>
    public static bool IsAccepted(this ApiKeyInfo key, DateTimeOffset now) =>
        (key.Status is null || key.Status == ApiKeyStatus.Active) && !key.IsRevokedOrExpired(now);

    /// <summary>Whether the key is revoked or expired for good.</summary>
    public static bool IsRevokedOrExpired(this ApiKeyInfo key, DateTimeOffset now) =>
        key.Status == ApiKeyStatus.Revoked || key.Status == ApiKeyStatus.Expired || key.RevokedAt is not null || key.ExpiresAt <= now;
}
