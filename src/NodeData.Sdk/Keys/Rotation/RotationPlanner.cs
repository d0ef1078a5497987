using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Looks at the old key and decides what the rotation will be, or refuses it. Changes nothing.</summary>
internal sealed class RotationPlanner(RotationCalls calls, ApiKeyRotationOptions plan, string oldKeyId)
{
    /// <summary>What a plan comes to: the plan as it is shown, and what the run needs beside it.</summary>
    /// <param name="Plan">The plan.</param>
    /// <param name="Own">The client's own key.</param>
    /// <param name="Leftovers">Accepted keys of earlier rotations of the same key.</param>
    internal sealed record Outcome(ApiKeyRotationPreview Plan, OwnKey Own, IReadOnlyList<ApiKeyInfo> Leftovers);

    public async Task<Outcome> PlanAsync(CancellationToken cancellationToken)
    {
        var mode = await calls.GetModeAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Mode is { } expected && expected != mode)
        {
            throw Refused(
                ApiKeyRotationErrorCode.OtherMode,
                $"ApiKeyRotationOptions.Mode is {expected.ToWord()}, and this client holds a {mode.ToWord()} key. Use a client of that mode."
            );
        }

        var oldKey = await calls.GetAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        RequireAlive(oldKey);
        if (oldKey.RawMode is { } word && word != mode.ToWord())
        {
            throw Refused(
                ApiKeyRotationErrorCode.OtherMode,
                $"the key is a {word} key, and this client holds a {mode.ToWord()} key. Use a client of that mode."
            );
        }

        var scopes =
            plan.Scopes
            ?? oldKey.Scopes
            ?? throw Refused(
                ApiKeyRotationErrorCode.ScopesUnknown,
                "the service does not say what the key may do. Name it in ApiKeyRotationOptions.Scopes."
            );
        var own = await OwnKey.LookAsync(calls, oldKeyId, plan.OldKey, cancellationToken).ConfigureAwait(false);
        if (own.IsOldKey && !scopes.IsFullAccess)
        {
            throw Refused(
                ApiKeyRotationErrorCode.ClientKeyNeedsFullAccess,
                $"this client itself runs on the key, and the new one ({scopes}) could not manage keys, so the rotation could not be ended. Use a client "
                    + "that holds another key with full access."
            );
        }

        var (overlap, wasCut) = OverlapOf(oldKey);
        if (own.IsOldKey && overlap == TimeSpan.Zero && !plan.IsCompromised)
        {
            throw Refused(
                ApiKeyRotationErrorCode.ClientKeyNeedsOverlap,
                "this client itself runs on the key, and ApiKeyRotationOptions.Overlap is zero, or nothing is left of the key's life: programs that have not taken "
                    + "the new key yet would be cut off. Give an overlap, or set Compromised where the key must go at any price."
            );
        }

        var leftovers = await calls
            .FindAllAsync(key => RotationNames.BelongsToSomeRotationOf(oldKeyId, key.Name) && !key.IsOver(calls.Now), cancellationToken)
            .ConfigureAwait(false);
        var planned = new ApiKeyRotationPreview(oldKey, NameOf(oldKey))
        {
            Mode = mode,
            Scopes = scopes,
            Lifetime = LifeOf(oldKey),
            Overlap = overlap,
            IsOverlapShortened = wasCut,
            VerificationTimeout = plan.VerificationTimeout,
            IsClientKey = own.IsOldKey,
            IsCompromised = plan.IsCompromised,
            Sinks = [.. DelegateSink.SinksOf(plan).Select(sink => sink.Name)],
        };
        return new Outcome(planned, own, leftovers);
    }

    public ApiKeyRotationRecord Begin(ApiKeyRotationPreview planned, string? traceParent)
    {
        var rotationId = RotationNames.NewRotationId(oldKeyId);
        var now = calls.Now;
        var record = new ApiKeyRotationRecord
        {
            RotationId = rotationId,
            Service = calls.Service,
            Mode = planned.Mode,
            OldKeyId = oldKeyId,
            OldKeyHint = planned.OldKey.Hint,
            Scopes = planned.Scopes,
            Lifetime = planned.Lifetime,
            Overlap = planned.Overlap,
            IsCompromised = planned.IsCompromised,
            StartedAt = now,
            Stage = ApiKeyRotationStage.Creating,
            Attempts = [],
            OldKeyLastUsedAt = planned.OldKey.LastUsedAt,
            TraceParent = traceParent,
        };
        return record with { Attempts = [Steps.ReplaceStep.NewAttempt(record, planned.NewKeyName, 1, now)] };
    }

    private void RequireAlive(ApiKeyInfo oldKey)
    {
        if (oldKey.Status == ApiKeyStatus.Revoked || oldKey.RevokedAt is not null)
        {
            throw Refused(ApiKeyRotationErrorCode.OldKeyRevoked, "the key is revoked already. Create a new one with CreateAsync.", oldKey);
        }

        if (oldKey.IsOver(calls.Now))
        {
            throw Refused(
                ApiKeyRotationErrorCode.OldKeyExpired,
                $"the key has expired{(oldKey.ExpiresAt is { } at ? $" at {at:u}" : "")}. Create a new one with CreateAsync.",
                oldKey
            );
        }

        if (!oldKey.IsAccepted(calls.Now))
        {
            throw Refused(
                ApiKeyRotationErrorCode.OldKeyNotActive,
                $"the service says that the key is {oldKey.Status}, and only an active key is rotated.",
                oldKey
            );
        }
    }

    private (TimeSpan Overlap, bool WasCut) OverlapOf(ApiKeyInfo oldKey)
    {
        var asked = plan.Overlap ?? (plan.IsCompromised ? TimeSpan.Zero : ApiKeyRotationOptions.DefaultOverlap);
        return oldKey.ExpiresAt is { } end && end - calls.Now is var left && left < asked ? (left, true) : (asked, false);
    }

    private TimeSpan? LifeOf(ApiKeyInfo oldKey) =>
        plan.ExpiresIn is { } life ? (life == Timeout.InfiniteTimeSpan ? null : life)
        : oldKey.ExpiresAt is not { } end ? null
        : oldKey.CreatedAt is { } start && end > start ? end - start
        : throw Refused(
            ApiKeyRotationErrorCode.LifetimeUnknown,
            "the service does not say how long the key lives. Name the new one's life in ApiKeyRotationOptions.ExpiresIn."
        );

    private string NameOf(ApiKeyInfo oldKey)
    {
        try
        {
            var name = plan.NewName ?? (string.IsNullOrWhiteSpace(oldKey.Name) ? oldKey.Id : oldKey.Name);
            return new CreateApiKeyOptions(RotationNames.Of(name, RotationNames.NewRotationId(oldKeyId), attempt: 1)).Name;
        }
        catch (ArgumentException failure)
        {
            throw Refused(
                ApiKeyRotationErrorCode.InvalidName,
                $"the key's name cannot be given again ({failure.Message}). Name the new one in ApiKeyRotationOptions.NewName."
            );
        }
    }

    private ApiKeyRotationException Refused(ApiKeyRotationErrorCode reason, string why, ApiKeyInfo? key = null) =>
        new($"The key {PathSegment.Id(oldKeyId)} is not rotated: {why} Nothing was done.")
        {
            ErrorCode = reason,
            IsRejected = true,
            Key = key,
        };
}
