using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Conformance;

/// <summary>A minimal claim store that is correct except for one flaw.</summary>
internal sealed class FlawedClaimStore(Flaw flaw, TimeProvider clock) : IWebhookClaimStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Row> _rows = [];
    private readonly Dictionary<string, TaskCompletionSource> _waitingCalls = [];
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _grantedAfterRelease = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _activeCalls;

    private long Now => clock.GetUtcNow().UtcTicks;

    public async ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && flaw == Flaw.ClaimsForWrongOwnerWhenCanceled)
        {
            Claim(new WebhookClaim(claim.Key, "wrong-owner", claim.Lease, claim.Retention));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (flaw == Flaw.RejectsLongKeys && claim.Key.EventId.Length > 200)
        {
            throw new InvalidOperationException("The key is too long.");
        }

        if (HasClaimRace(claim))
        {
            var peeked = Peek(claim);
            await WaitForConcurrentCallAsync(GetKey(claim));
            return peeked ?? Claim(claim, skipHeldCheck: true);
        }

        if (flaw == Flaw.RejectsWhileBusy)
        {
            var isBusy = Interlocked.Increment(ref _activeCalls) > 1;
            await WaitForConcurrentCallAsync("busy");
            var result = isBusy ? WebhookClaimResult.InProgress(TimeSpan.Zero) : Claim(claim);
            Interlocked.Decrement(ref _activeCalls);
            return result;
        }

        var claimResult = Claim(claim);
        if (flaw == Flaw.ReleasesBeforeCompleting && !claimResult.IsClaimed)
        {
            await _released.Task;
            claimResult = Claim(claim);
            _grantedAfterRelease.TrySetResult();
        }

        return claimResult;
    }

    public async ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        await HandleCancellationAsync(claim, cancellationToken);
        return Change(
            claim,
            Flaw.RenewsExpiredClaim,
            Flaw.RenewsForAnyOwner,
            Flaw.RenewsCompletedClaim,
            row => row.LeaseEnd = GetRenewedLeaseEnd(claim, row)
        );
    }

    public async ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        await HandleCancellationAsync(claim, cancellationToken);
        if (flaw == Flaw.ReleasesBeforeCompleting)
        {
            Change(claim, Flaw.None, Flaw.None, Flaw.None, row => row.Owner = null);
            _released.TrySetResult();
            await _grantedAfterRelease.Task;
            return Complete(claim, isVerified: true);
        }

        if (flaw == Flaw.ChecksThenCompletes)
        {
            var isOwner = Change(claim, Flaw.None, Flaw.None, Flaw.None, _ => { });
            await WaitForConcurrentCallAsync(GetKey(claim));
            return Complete(claim, isVerified: isOwner);
        }

        return Complete(claim, isVerified: false);
    }

    public async ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && flaw == Flaw.HangsWhenCanceled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (flaw == Flaw.ChecksThenCompletes)
        {
            var isOwner = Change(claim, Flaw.None, Flaw.None, Flaw.None, _ => { });
            await WaitForConcurrentCallAsync(GetKey(claim));
            return isOwner;
        }

        return Change(
            claim,
            Flaw.ReleasesExpiredClaim,
            Flaw.ReleasesForAnyOwner,
            Flaw.ReleasesCompletedClaim,
            row =>
            {
                row.IsCompleted = false;
                row.ReleasedBy = claim.OwnerToken;
                row.Owner = flaw == Flaw.ReleasesWithoutEffect ? row.Owner : null;
                row.Attempts = flaw == Flaw.ResetsAttemptsOnRelease ? 0 : row.Attempts;
            }
        );
    }

    private async Task HandleCancellationAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && flaw == Flaw.ReleasesWhenCanceled)
        {
            await ReleaseAsync(claim, CancellationToken.None);
        }

        if (cancellationToken.IsCancellationRequested && flaw == Flaw.FailsWhenCanceled)
        {
            throw new IOException("The store is unreachable.");
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private WebhookClaimResult? Peek(WebhookClaim claim)
    {
        lock (_gate)
        {
            var row = FindRow(claim);
            return row is { IsCompleted: true } ? WebhookClaimResult.Completed
                : row is not null && IsHeld(row) && row.Owner != claim.OwnerToken ? WebhookClaimResult.InProgress(TimeSpan.Zero)
                : null;
        }
    }

    private WebhookClaimResult Claim(WebhookClaim claim, bool skipHeldCheck = false)
    {
        lock (_gate)
        {
            var row = FindRow(claim) ?? (_rows[GetKey(claim)] = new Row { Attempts = flaw == Flaw.CountsFromTwo ? 1 : 0 });
            if (row.IsCompleted)
            {
                return WebhookClaimResult.Completed;
            }

            var isOwner = IsOwner(row, claim) && flaw != Flaw.RejectsRepeatedClaim;
            if (IsHeld(row) && !isOwner && !skipHeldCheck && flaw != Flaw.GrantsHeldKey)
            {
                row.Attempts += flaw == Flaw.CountsRejectedClaims ? 1 : 0;
                return WebhookClaimResult.InProgress(flaw == Flaw.ReportsWrongRemainingLease ? TimeSpan.MaxValue : TimeSpan.Zero);
            }

            var isRepeated = isOwner && (IsHeld(row) || flaw == Flaw.ResumesExpiredClaim) && flaw != Flaw.ChecksThenGrants;
            row.Attempts = flaw == Flaw.ResetsAttemptsOnExpiry && row.Owner is not null && !IsHeld(row) ? 0 : row.Attempts;
            row.Attempts += isRepeated ? 0 : 1;
            row.LeaseEnd = isRepeated && flaw == Flaw.DoesNotRestartLeaseOfRepeatedClaim ? row.LeaseEnd : AddToNow(claim.Lease);
            row.Owner = claim.OwnerToken;
            UpdateExpiry(claim, row, isNewAttempt: !isRepeated);
            return WebhookClaimResult.Claimed(row.Attempts);
        }
    }

    private bool Complete(WebhookClaim claim, bool isVerified)
    {
        lock (_gate)
        {
            var row = FindRow(claim);
            if (row is null && flaw == Flaw.CompletesWithoutClaim)
            {
                _rows[GetKey(claim)] = new Row { IsCompleted = true, Expiry = long.MaxValue };
                return true;
            }

            if (row is { IsCompleted: true } && IsOwner(row, claim))
            {
                return flaw != Flaw.CompletesOnlyOnce;
            }

            if (row is not null && isVerified)
            {
                (row.IsCompleted, row.Owner) = (true, claim.OwnerToken);
                return true;
            }
        }

        return Change(
            claim,
            Flaw.CompletesExpiredClaim,
            Flaw.CompletesForAnyOwner,
            Flaw.None,
            row => row.IsCompleted = flaw != Flaw.DoesNotStoreCompletion
        );
    }

    private bool Change(WebhookClaim claim, Flaw expiredFlaw, Flaw anyOwnerFlaw, Flaw completedFlaw, Action<Row> change)
    {
        lock (_gate)
        {
            var row = FindRow(claim);
            if (row is null || (row.IsCompleted && flaw != completedFlaw))
            {
                return false;
            }

            if (flaw == Flaw.ReleasesTwice && row.ReleasedBy == claim.OwnerToken)
            {
                return true;
            }

            var isAllowed =
                (IsOwner(row, claim) || flaw == anyOwnerFlaw)
                && (IsHeld(row) || (row.Owner is not null && flaw == expiredFlaw) || row.IsCompleted);
            if (isAllowed)
            {
                change(row);
                UpdateExpiry(claim, row, isNewAttempt: false);
            }

            return isAllowed;
        }
    }

    // The first call waits for a second one, so that both have read the row before either changes it, regardless of thread scheduling.
    private Task WaitForConcurrentCallAsync(string key)
    {
        lock (_gate)
        {
            if (_waitingCalls.TryGetValue(key, out var waitingCall))
            {
                waitingCall.TrySetResult();
            }
            else
            {
                _waitingCalls[key] = waitingCall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return waitingCall.Task;
        }
    }

    private bool HasClaimRace(WebhookClaim claim)
    {
        lock (_gate)
        {
            return flaw == Flaw.ChecksThenGrants || (flaw == Flaw.ChecksThenTakesOver && FindRow(claim) is not null);
        }
    }

    private Row? FindRow(WebhookClaim claim) =>
        _rows.TryGetValue(GetKey(claim), out var row) && (row.Expiry > Now || flaw == Flaw.NeverExpiresKey) ? row : null;

    private string GetKey(WebhookClaim claim) =>
        flaw switch
        {
            Flaw.IgnoresCaseInKeys => claim.Key.ToString().ToUpperInvariant(),
            Flaw.JoinsKeysWithColons => $"{claim.Key.Receiver}:{claim.Key.EventId}:{claim.Key.Handler}",
            _ => claim.Key.ToString(),
        };

    private bool IsOwner(Row row, WebhookClaim claim) =>
        string.Equals(
            row.Owner,
            claim.OwnerToken,
            flaw == Flaw.IgnoresCaseInOwners ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );

    private bool IsHeld(Row row) => row.Owner is not null && (row.LeaseEnd > Now || flaw == Flaw.NeverExpiresLease);

    private long GetRenewedLeaseEnd(WebhookClaim claim, Row row) => flaw == Flaw.RenewsWithoutEffect ? row.LeaseEnd : AddToNow(claim.Lease);

    private void UpdateExpiry(WebhookClaim claim, Row row, bool isNewAttempt)
    {
        row.Expiry = flaw == Flaw.MeasuresRetentionFromClaim && !isNewAttempt ? row.Expiry : AddToNow(claim.Retention);
        if (row.IsCompleted && flaw == Flaw.DropsCompletionWithLease)
        {
            row.Expiry = row.LeaseEnd;
        }
        else if (row is { IsCompleted: false, Owner: not null } && flaw is not (Flaw.DropsHeldClaim or Flaw.MeasuresRetentionFromClaim))
        {
            row.Expiry = Math.Max(row.Expiry, row.LeaseEnd);
        }
    }

    private long AddToNow(TimeSpan duration)
    {
        var ticks = unchecked(Now + duration.Ticks);
        return ticks < 0 && flaw != Flaw.OverflowsOnLongDurations ? long.MaxValue : ticks;
    }

    private sealed class Row
    {
        public string? Owner { get; set; }

        public string? ReleasedBy { get; set; }

        public bool IsCompleted { get; set; }

        public int Attempts { get; set; }

        public long LeaseEnd { get; set; }

        public long Expiry { get; set; }
    }
}
