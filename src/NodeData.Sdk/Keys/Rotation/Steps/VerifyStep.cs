namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Verifies the new key before any application depends on it: it is valid (the service may reject it for a while, as it propagates), it is the key that was
/// created, it has the requested mode, and it has the requested scopes, but not full access unless that was requested.
/// </summary>
internal static class VerifyStep
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var key = rotation.NewKey!;
        var accountKey = (await GetAccountAsync(rotation, key, cancellationToken).ConfigureAwait(false)).Key;
        if (accountKey?.Id is { } id && id != key.Id)
        {
            throw new ApiKeyRotationException($"The service identifies the new key {key.Id} as the key {id}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMismatch,
            };
        }

        if (accountKey?.Mode is { } mode && mode != rotation.Record.Mode)
        {
            throw new ApiKeyRotationException(
                $"The service identifies the new key {key.Id} as a {mode} key, and a {rotation.Record.Mode} key was requested."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMismatch,
            };
        }

        CheckScopes(key, rotation.Record.Scopes, accountKey?.Scopes ?? key.Scopes);
        rotation.IsVerified = true;
        rotation.ReportProgress(ApiKeyRotationEvent.Verified, $"Verified the key {key.Id}.");
    }

    private static async Task<NodeAccount> GetAccountAsync(RotationContext rotation, CreatedApiKey key, CancellationToken cancellationToken)
    {
        var calls = rotation.Calls;
        var deadline = calls.Now + rotation.Options.VerificationTimeout;
        for (var delay = FirstDelay; ; delay = delay + delay < MaxDelay ? delay + delay : MaxDelay)
        {
            try
            {
                return await calls.GetAccountAsync(key.Secret, cancellationToken).ConfigureAwait(false);
            }
            catch (NodeDataAuthenticationException) when (calls.Now < deadline)
            {
                rotation.ReportProgress(ApiKeyRotationEvent.NotAcceptedYet, $"The key {key.Id} is not accepted yet; retrying.");
            }

            await Task.Delay(delay, calls.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void CheckScopes(CreatedApiKey key, ApiKeyScopeSet requested, ApiKeyScopeSet? actual)
    {
        if (actual is null)
        {
            throw new ApiKeyRotationException($"The service did not return the scopes of the new key {key.Id}, so it cannot be verified.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyScopesUnknown,
            };
        }

        if (GetMissingScopes(requested, actual) is { } missing)
        {
            throw new ApiKeyRotationException($"The new key {key.Id} lacks requested scopes: {missing}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMissingScopes,
                MissingScopes = missing,
            };
        }

        if (actual.IsFullAccess && !requested.IsFullAccess)
        {
            throw new ApiKeyRotationException($"The new key {key.Id} has full access, and only these scopes were requested: {requested}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyHasFullAccess,
            };
        }
    }

    private static ApiKeyScopeSet? GetMissingScopes(ApiKeyScopeSet requested, ApiKeyScopeSet actual)
    {
        if (requested.IsFullAccess)
        {
            return actual.IsFullAccess ? null : requested;
        }

        ApiKeyScope[] missing = [.. requested.Where(scope => !actual.Allows(scope))];
        return missing.Length > 0 ? ApiKeyScopeSet.Create(missing) : null;
    }
}
