namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Determines the state of a key of which any member may be missing.</summary>
internal static class ApiKeyInfoExtensions
{
    /// <summary>Determines whether the service presumably accepts the key.</summary>
    public static bool IsValid(this ApiKeyInfo key, DateTimeOffset now) =>
        (key.Status is null || key.Status == ApiKeyStatus.Active) && !key.IsRevokedOrExpired(now);

    /// <summary>Determines whether the key is revoked or expired.</summary>
    public static bool IsRevokedOrExpired(this ApiKeyInfo key, DateTimeOffset now) =>
        key.Status == ApiKeyStatus.Revoked || key.Status == ApiKeyStatus.Expired || key.RevokedAt is not null || key.ExpiresAt <= now;
}
