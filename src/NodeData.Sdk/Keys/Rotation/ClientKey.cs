namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The key that a client runs on, and whether it is the one being rotated.</summary>
internal readonly record struct ClientKey(ApiKey Key, bool IsOldKey)
{
    /// <summary>Asks the service under the client's very key; where the service does not tell the id, the old key itself is compared.</summary>
    public static async Task<ClientKey> GetAsync(RotationCalls calls, string oldKeyId, ApiKey? oldKey, CancellationToken cancellationToken)
    {
        var key = await calls.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        var account = await calls.GetAccountAsync(key, cancellationToken).ConfigureAwait(false);
        var isOldKey = key.Equals(oldKey);
        if (account.Key?.Id is not { } id)
        {
            return new ClientKey(key, isOldKey);
        }

        return isOldKey && id != oldKeyId
            ? throw new ApiKeyRotationException(
                $"ApiKeyRotationOptions.OldKey is this client's own key, which is {id} ({key.Hint}), and the key to be rotated is {oldKeyId}. Correct one of them."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.OldKeyMismatch,
                IsRejected = true,
            }
            : new ClientKey(key, id == oldKeyId);
    }
}
