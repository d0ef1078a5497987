using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Looks at the old key and decides what the rotation will be, or refuses it. Changes nothing.</summary>
internal sealed class RotationPlanner(RotationCalls calls, KeyRotationPlan plan, string oldKeyId)
{
    /// <summary>What a plan comes to: the plan as it is shown, and what the run needs beside it.</summary>
    /// <param name="Plan">The plan.</param>
    /// <param name="Own">The client's own key.</param>
    /// <param name="Leftovers">Accepted keys of earlier rotations of the same key.</param>
    internal sealed record Outcome(PlannedKeyRotation Plan, OwnKey Own, IReadOnlyList<ApiKeyInfo> Leftovers);

    public async Task<Outcome> PlanAsync(CancellationToken cancellationToken)
    {
        var mode = await calls.GetModeAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Mode is { } expected && expected != mode)
        {
            throw Refused(
                KeyRotationReason.OtherMode,
                $"KeyRotationPlan.Mode is {expected.ToWord()}, and this client holds a {mode.ToWord()} key. Use a client of that mode."
            );
        }

        var oldKey = await calls.GetAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        RequireAlive(oldKey);
        if (oldKey.ModeText is { } word && word != mode.ToWord())
        {
            throw Refused(
                KeyRotationReason.OtherMode,
                $"the key is a {word} key, and this client holds a {mode.ToWord()} key. Use a client of that mode."
            );
        }

        var scopes =
            plan.Scopes
            ?? oldKey.Scopes
            ?? throw Refused(
                KeyRotationReason.ScopesUnknown,
                "the service does not say what the key may do. Name it in KeyRotationPlan.Scopes."
            );
        var own = await OwnKey.LookAsync(calls, oldKeyId, plan.OldKey, cancellationToken).ConfigureAwait(false);
        if (own.IsOldKey && !scopes.IsFullAccess)
        {
            throw Refused(
                KeyRotationReason.OwnKeyNeedsFullAccess,
                $"this client itself runs on the key, and the new one ({scopes}) could not manage keys, so the rotation could not be ended. Use a client "
                    + "that holds another key with full access."
            );
        }

        var (overlap, wasCut) = OverlapOf(oldKey);
        if (own.IsOldKey && overlap == TimeSpan.Zero && !plan.Compromised)
        {
            throw Refused(
                KeyRotationReason.OwnKeyNeedsOverlap,
                "this client itself runs on the key, and KeyRotationPlan.Overlap is zero, or nothing is left of the key's life: programs that have not taken "
                    + "the new key yet would be cut off. Give an overlap, or set Compromised where the key must go at any price."
            );
        }

        var leftovers = await calls
            .FindAllAsync(key => RotationNames.BelongsToSomeRotationOf(oldKeyId, key.Name) && !key.IsOver(calls.Now), cancellationToken)
            .ConfigureAwait(false);
        var planned = new PlannedKeyRotation(oldKey, NameOf(oldKey))
        {
            Mode = mode,
            Scopes = scopes,
            Life = LifeOf(oldKey),
            Overlap = overlap,
            OverlapWasCut = wasCut,
            ProveWithin = plan.ProveWithin,
            SwapsOwnKey = own.IsOldKey,
            Compromised = plan.Compromised,
            Sinks = [.. DelegateSink.SinksOf(plan).Select(sink => sink.Name)],
        };
        return new Outcome(planned, own, leftovers);
    }

    public KeyRotationRecord Begin(PlannedKeyRotation planned, string? traceParent)
    {
        var rotationId = RotationNames.NewRotationId(oldKeyId);
        var now = calls.Now;
        var record = new KeyRotationRecord
        {
            RotationId = rotationId,
            Service = calls.Service,
            Mode = planned.Mode,
            OldKeyId = oldKeyId,
            OldKeyHint = planned.OldKey.Hint,
            Scopes = planned.Scopes,
            Life = planned.Life,
            Overlap = planned.Overlap,
            Compromised = planned.Compromised,
            StartedAt = now,
            Stage = KeyRotationStage.Creating,
            Attempts = [],
            OldKeyLastUsedAt = planned.OldKey.LastUsedAt,
            TraceParent = traceParent,
        };
        return record with { Attempts = [Steps.ReplaceStep.NewAttempt(record, planned.NewKeyName, 1, now)] };
    }

    private void RequireAlive(ApiKeyInfo oldKey)
    {
        if (oldKey.Status == KeyStatus.Revoked || oldKey.RevokedAt is not null)
        {
            throw Refused(KeyRotationReason.OldKeyRevoked, "the key is revoked already. Create a new one with CreateAsync.", oldKey);
        }

        if (oldKey.IsOver(calls.Now))
        {
            throw Refused(
                KeyRotationReason.OldKeyExpired,
                $"the key has expired{(oldKey.ExpiresAt is { } at ? $" at {at:u}" : "")}. Create a new one with CreateAsync.",
                oldKey
            );
        }

        if (!oldKey.IsAccepted(calls.Now))
        {
            throw Refused(
                KeyRotationReason.OldKeyNotActive,
                $"the service says that the key is {oldKey.Status}, and only an active key is rotated.",
                oldKey
            );
        }
    }

    private (TimeSpan Overlap, bool WasCut) OverlapOf(ApiKeyInfo oldKey)
    {
        var asked = plan.Overlap ?? (plan.Compromised ? TimeSpan.Zero : KeyRotationPlan.DefaultOverlap);
        return oldKey.ExpiresAt is { } end && end - calls.Now is var left && left < asked ? (left, true) : (asked, false);
    }

    private TimeSpan? LifeOf(ApiKeyInfo oldKey) =>
        plan.ExpiresIn is { } life ? (life == Timeout.InfiniteTimeSpan ? null : life)
        : oldKey.ExpiresAt is not { } end ? null
        : oldKey.CreatedAt is { } start && end > start ? end - start
        : throw Refused(
            KeyRotationReason.LifeUnknown,
            "the service does not say how long the key lives. Name the new one's life in KeyRotationPlan.ExpiresIn."
        );

    private string NameOf(ApiKeyInfo oldKey)
    {
        try
        {
            var name = plan.NewName ?? (string.IsNullOrWhiteSpace(oldKey.Name) ? oldKey.Id : oldKey.Name);
            return new NewKey(RotationNames.Of(name, RotationNames.NewRotationId(oldKeyId), attempt: 1)).Name;
        }
        catch (ArgumentException failure)
        {
            throw Refused(
                KeyRotationReason.NameUnusable,
                $"the key's name cannot be given again ({failure.Message}). Name the new one in KeyRotationPlan.NewName."
            );
        }
    }

    private KeyRotationException Refused(KeyRotationReason reason, string why, ApiKeyInfo? key = null) =>
        new($"The key {PathSegment.Id(oldKeyId)} is not rotated: {why} Nothing was done.")
        {
            Reason = reason,
            IsRefusal = true,
            Key = key,
        };
}
