namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Sees that the new key works before anybody depends on it: it is accepted (for a while it may be refused, as it spreads through the service), it is the key
/// that was made, its mode is the one asked for, and it may do all that was asked for, and not everything where that was not asked for.
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
            throw new ApiKeyRotationException($"The service takes the new key {key.Id} for the key {id}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMismatch,
            };
        }

        if (accountKey?.Mode is { } mode && mode != rotation.Record.Mode)
        {
            throw new ApiKeyRotationException(
                $"The service takes the new key {key.Id} for a {mode} key, and a {rotation.Record.Mode} key was asked for."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMismatch,
            };
        }

        CheckScopes(key, rotation.Record.Scopes, accountKey?.Scopes ?? key.Scopes);
        rotation.IsVerified = true;
        rotation.ReportProgress(ApiKeyRotationEvent.Verified, $"The key {key.Id} works.");
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
                rotation.ReportProgress(ApiKeyRotationEvent.NotAcceptedYet, $"The key {key.Id} is not accepted yet; looking again.");
            }

            await Task.Delay(delay, calls.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void CheckScopes(CreatedApiKey key, ApiKeyScopeSet requested, ApiKeyScopeSet? actual)
    {
        if (actual is null)
        {
            throw new ApiKeyRotationException($"The service does not say what the new key {key.Id} may do, so it cannot be proven.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyScopesUnknown,
            };
        }

        if (GetMissingScopes(requested, actual) is { } missing)
        {
            throw new ApiKeyRotationException($"The new key {key.Id} lacks what was asked for: {missing}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMissingScopes,
                MissingScopes = missing,
            };
        }

        if (actual.IsFullAccess && !requested.IsFullAccess)
        {
            throw new ApiKeyRotationException($"The new key {key.Id} may do everything, and only this was asked for: {requested}.")
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
