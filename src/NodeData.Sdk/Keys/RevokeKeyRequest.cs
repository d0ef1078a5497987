namespace NodeData.Sdk.Keys;

/// <summary>The body of the call that revokes a key by its secret. The key is a string, because an <see cref="ApiKey"/> is serialized masked.</summary>
internal sealed class RevokeKeyRequest(string key)
{
    public string Key { get; } = key;
}
