using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Conformance;

/// <summary>A small log that is right but for one flaw.</summary>
internal sealed class FlawedLog(Flaw flaw, TimeProvider clock) : IWebhookClaimStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Row> _rows = [];
    private readonly Dictionary<string, TaskCompletionSource> _meetings = [];
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _grantedAfterRelease = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _busy;

    private long Now => clock.GetUtcNow().UtcTicks;

    public async ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && flaw == Flaw.LosesItsAnswerAndItsOwner)
        {
            Claim(new WebhookClaim(claim.Key, "nobody", claim.Lease, claim.Retention));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (flaw == Flaw.RefusesLongKeys && claim.Key.EventId.Length > 200)
        {
            throw new InvalidOperationException("The key is too long.");
        }

        if (IsRacy(claim))
        {
            var seen = Look(claim);
            await MeetAnotherAsync(KeyOf(claim));
            return seen ?? Claim(claim, isSureToBeFree: true);
        }

        if (flaw == Flaw.RefusesWhileBusy)
        {
            var isBusy = Interlocked.Increment(ref _busy) > 1;
            await MeetAnotherAsync("busy");
            var result = isBusy ? WebhookClaimResult.InProgress(TimeSpan.Zero) : Claim(claim);
            Interlocked.Decrement(ref _busy);
            return result;
        }

        var answer = Claim(claim);
        if (flaw == Flaw.ReleasesBeforeItCompletes && !answer.IsClaimed)
        {
            await _released.Task;
            answer = Claim(claim);
            _grantedAfterRelease.TrySetResult();
        }

        return answer;
    }

    public async ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        await CancelAsync(claim, cancellationToken);
        return Change(claim, Flaw.RenewsTheLost, Flaw.LetsAnybodyRenew, Flaw.RenewsTheCompleted, row => row.LeaseEnd = Renewed(claim, row));
    }

    public async ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        await CancelAsync(claim, cancellationToken);
        if (flaw == Flaw.ReleasesBeforeItCompletes)
        {
            Change(claim, Flaw.None, Flaw.None, Flaw.None, row => row.Owner = null);
            _released.TrySetResult();
            await _grantedAfterRelease.Task;
            return Complete(claim, isSure: true);
        }

        if (flaw == Flaw.LooksThenCompletes)
        {
            var isMine = Change(claim, Flaw.None, Flaw.None, Flaw.None, _ => { });
            await MeetAnotherAsync(KeyOf(claim));
            return Complete(claim, isSure: isMine);
        }

        return Complete(claim, isSure: false);
    }

    public async ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && flaw == Flaw.HangsWhenCancelled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (flaw == Flaw.LooksThenCompletes)
        {
            var isMine = Change(claim, Flaw.None, Flaw.None, Flaw.None, _ => { });
            await MeetAnotherAsync(KeyOf(claim));
            return isMine;
        }

        return Change(
            claim,
            Flaw.ReleasesTheLost,
            Flaw.LetsAnybodyRelease,
            Flaw.ReleasesTheCompleted,
            row =>
            {
                row.IsCompleted = false;
                row.Released = claim.OwnerToken;
                row.Owner = flaw == Flaw.ReleasesWithoutEffect ? row.Owner : null;
                row.Attempts = flaw == Flaw.ForgetsAttemptsOnRelease ? 0 : row.Attempts;
            }
        );
    }

    private async Task CancelAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && flaw == Flaw.ReleasesWhenCancelled)
        {
            await ReleaseAsync(claim, CancellationToken.None);
        }

        if (cancellationToken.IsCancellationRequested && flaw == Flaw.FailsWhenCancelled)
        {
            throw new IOException("The store is away.");
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private WebhookClaimResult? Look(WebhookClaim claim)
    {
        lock (_gate)
        {
            var row = RowOf(claim);
            return row is { IsCompleted: true } ? WebhookClaimResult.Completed
                : row is not null && IsHeld(row) && row.Owner != claim.OwnerToken ? WebhookClaimResult.InProgress(TimeSpan.Zero)
                : null;
        }
    }

    private WebhookClaimResult Claim(WebhookClaim claim, bool isSureToBeFree = false)
    {
        lock (_gate)
        {
            var row = RowOf(claim) ?? (_rows[KeyOf(claim)] = new Row { Attempts = flaw == Flaw.CountsFromTwo ? 1 : 0 });
            if (row.IsCompleted)
            {
                return WebhookClaimResult.Completed;
            }

            var isMine = IsOwner(row, claim) && flaw != Flaw.RefusesItsOwnClaim;
            if (IsHeld(row) && !isMine && !isSureToBeFree && flaw != Flaw.GrantsWhatIsHeld)
            {
                row.Attempts += flaw == Flaw.CountsRefusedClaims ? 1 : 0;
                return WebhookClaimResult.InProgress(flaw == Flaw.TellsAWrongLease ? TimeSpan.MaxValue : TimeSpan.Zero);
            }

            var isSame = isMine && (IsHeld(row) || flaw == Flaw.ResumesALostClaim) && flaw != Flaw.LooksThenGrants;
            row.Attempts = flaw == Flaw.ForgetsAttemptsWithTheLease && row.Owner is not null && !IsHeld(row) ? 0 : row.Attempts;
            row.Attempts += isSame ? 0 : 1;
            row.LeaseEnd = isSame && flaw == Flaw.KeepsTheLeaseOfItsOwnClaim ? row.LeaseEnd : After(claim.Lease);
            row.Owner = claim.OwnerToken;
            Remember(claim, row, isFirst: !isSame);
            return WebhookClaimResult.Claimed(row.Attempts);
        }
    }

    private bool Complete(WebhookClaim claim, bool isSure)
    {
        lock (_gate)
        {
            var row = RowOf(claim);
            if (row is null && flaw == Flaw.CompletesTheUnclaimed)
            {
                _rows[KeyOf(claim)] = new Row { IsCompleted = true, Expiry = long.MaxValue };
                return true;
            }

            if (row is { IsCompleted: true } && IsOwner(row, claim))
            {
                return flaw != Flaw.CompletesOnlyOnce;
            }

            if (row is not null && isSure)
            {
                (row.IsCompleted, row.Owner) = (true, claim.OwnerToken);
                return true;
            }
        }

        return Change(
            claim,
            Flaw.CompletesTheLost,
            Flaw.LetsAnybodyComplete,
            Flaw.None,
            row => row.IsCompleted = flaw != Flaw.ForgetsTheCompleted
        );
    }

    private bool Change(WebhookClaim claim, Flaw ofTheLost, Flaw byAnybody, Flaw ofTheCompleted, Action<Row> change)
    {
        lock (_gate)
        {
            var row = RowOf(claim);
            if (row is null || (row.IsCompleted && flaw != ofTheCompleted))
            {
                return false;
            }

            if (flaw == Flaw.ReleasesTwice && row.Released == claim.OwnerToken)
            {
                return true;
            }

            var isAllowed =
                (IsOwner(row, claim) || flaw == byAnybody)
                && (IsHeld(row) || (row.Owner is not null && flaw == ofTheLost) || row.IsCompleted);
            if (isAllowed)
            {
                change(row);
                Remember(claim, row, isFirst: false);
            }

            return isAllowed;
        }
    }

    // The first waits for a second, so that both have looked before either acts, however the threads are scheduled.
    private Task MeetAnotherAsync(string key)
    {
        lock (_gate)
        {
            if (_meetings.TryGetValue(key, out var meeting))
            {
                meeting.TrySetResult();
            }
            else
            {
                _meetings[key] = meeting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return meeting.Task;
        }
    }

    private bool IsRacy(WebhookClaim claim)
    {
        lock (_gate)
        {
            return flaw == Flaw.LooksThenGrants || (flaw == Flaw.LooksThenTakesOver && RowOf(claim) is not null);
        }
    }

    private Row? RowOf(WebhookClaim claim) =>
        _rows.TryGetValue(KeyOf(claim), out var row) && (row.Expiry > Now || flaw == Flaw.NeverForgets) ? row : null;

    private string KeyOf(WebhookClaim claim) =>
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

    private bool IsHeld(Row row) => row.Owner is not null && (row.LeaseEnd > Now || flaw == Flaw.NeverEndsALease);

    private long Renewed(WebhookClaim claim, Row row) => flaw == Flaw.RenewsWithoutEffect ? row.LeaseEnd : After(claim.Lease);

    private void Remember(WebhookClaim claim, Row row, bool isFirst)
    {
        row.Expiry = flaw == Flaw.CountsRetentionFromTheClaim && !isFirst ? row.Expiry : After(claim.Retention);
        if (row.IsCompleted && flaw == Flaw.ForgetsTheCompletedWithItsLease)
        {
            row.Expiry = row.LeaseEnd;
        }
        else if (row is { IsCompleted: false, Owner: not null } && flaw is not (Flaw.ForgetsWhatIsHeld or Flaw.CountsRetentionFromTheClaim))
        {
            row.Expiry = Math.Max(row.Expiry, row.LeaseEnd);
        }
    }

    private long After(TimeSpan time)
    {
        var ticks = unchecked(Now + time.Ticks);
        return ticks < 0 && flaw != Flaw.OverflowsWithLongTimes ? long.MaxValue : ticks;
    }

    private sealed class Row
    {
        public string? Owner { get; set; }

        public string? Released { get; set; }

        public bool IsCompleted { get; set; }

        public int Attempts { get; set; }

        public long LeaseEnd { get; set; }

        public long Expiry { get; set; }
    }
}
