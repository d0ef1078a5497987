namespace NodeData.Sdk.Keys;

/// <summary>The body of the call that revokes a key by its secret. A plain text, unlike <see cref="ApiKey"/>, so that no mask travels.</summary>
internal sealed class RevokeKeyRequest(string key)
{
    public string Key { get; } = key;
}
