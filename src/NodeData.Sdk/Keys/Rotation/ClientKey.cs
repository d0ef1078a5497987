namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The key that a client uses.</summary>
/// <param name="Key">The key.</param>
/// <param name="Id">Its id; null if the service does not return it.</param>
/// <param name="IsOldKey">Whether it is the key that is rotated.</param>
internal readonly record struct ClientKey(ApiKey Key, string? Id, bool IsOldKey)
{
    /// <summary>
    /// Gets the account with the key of the client; if the service does not return the ID of the key, the key itself is compared with the old one.
    /// </summary>
    public static async Task<ClientKey> GetAsync(RotationCalls calls, string oldKeyId, ApiKey? oldKey, CancellationToken cancellationToken)
    {
        var key = await calls.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        var account = await calls.GetAccountAsync(key, cancellationToken).ConfigureAwait(false);
        var isOldKey = key.Equals(oldKey);
        if (account.Key?.Id is not { } id)
        {
            return new ClientKey(key, Id: null, isOldKey);
        }

        return isOldKey && id != oldKeyId
            ? throw new ApiKeyRotationException(
                $"ApiKeyRotationOptions.OldKey is this client's key, {id} ({key.Hint}), and the key to be rotated is {oldKeyId}. Correct one of them."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.OldKeyMismatch,
                IsRejected = true,
            }
            : new ClientKey(key, id, id == oldKeyId);
    }

    /// <summary>Determines whether an attempt of a rotation created the key. If the service does not return the id of the key, its hint is compared.</summary>
    public bool IsOfAttempt(ApiKeyRotationAttempt attempt) => Id is null ? attempt.KeyHint == Key.Hint : attempt.KeyId == Id;
}
