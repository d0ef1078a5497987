namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Sees that the new key works before anybody depends on it: it is accepted (for a while it may be refused, as it spreads through the service), it is the key
/// that was made, its mode is the one asked for, and it may do all that was asked for, and not everything where that was not asked for.
/// </summary>
internal static class ProveStep
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        var key = rotation.NewKey!;
        var seen = (await AskAsync(rotation, key, cancellationToken).ConfigureAwait(false)).Key;
        if (seen?.Id is { } id && id != key.Id)
        {
            throw new ApiKeyRotationException($"The service takes the new key {key.Id} for the key {id}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMismatch,
            };
        }

        if (seen?.Mode is { } mode && mode != rotation.Record.Mode)
        {
            throw new ApiKeyRotationException(
                $"The service takes the new key {key.Id} for a {mode} key, and a {rotation.Record.Mode} key was asked for."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMismatch,
            };
        }

        CheckScopes(key, rotation.Record.Scopes, seen?.Scopes ?? key.Scopes);
        rotation.IsProven = true;
        rotation.Tell(ApiKeyRotationEvent.Verified, $"The key {key.Id} works.");
    }

    private static async Task<NodeAccount> AskAsync(Rotation rotation, CreatedApiKey key, CancellationToken cancellationToken)
    {
        var calls = rotation.Calls;
        var until = calls.Now + rotation.Plan.VerificationTimeout;
        for (var wait = FirstWait; ; wait = wait + wait < LongestWait ? wait + wait : LongestWait)
        {
            try
            {
                return await calls.WhoIsAsync(key.Secret, cancellationToken).ConfigureAwait(false);
            }
            catch (NodeDataAuthenticationException) when (calls.Now < until)
            {
                rotation.Tell(ApiKeyRotationEvent.NotAcceptedYet, $"The key {key.Id} is not accepted yet; looking again.");
            }

            await Task.Delay(wait, calls.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void CheckScopes(CreatedApiKey key, ApiKeyScopeSet asked, ApiKeyScopeSet? had)
    {
        if (had is null)
        {
            throw new ApiKeyRotationException($"The service does not say what the new key {key.Id} may do, so it cannot be proven.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyScopesUnknown,
            };
        }

        if (Missing(asked, had) is { } missing)
        {
            throw new ApiKeyRotationException($"The new key {key.Id} lacks what was asked for: {missing}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyMissingScopes,
                MissingScopes = missing,
            };
        }

        if (had.IsFullAccess && !asked.IsFullAccess)
        {
            throw new ApiKeyRotationException($"The new key {key.Id} may do everything, and only this was asked for: {asked}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.NewKeyHasFullAccess,
            };
        }
    }

    private static ApiKeyScopeSet? Missing(ApiKeyScopeSet asked, ApiKeyScopeSet had)
    {
        if (asked.IsFullAccess)
        {
            return had.IsFullAccess ? null : asked;
        }

        ApiKeyScope[] missing = [.. asked.Where(scope => !had.Allows(scope))];
        return missing.Length > 0 ? ApiKeyScopeSet.Create(missing) : null;
    }
}
