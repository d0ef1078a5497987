namespace NodeData.Sdk.Testing.Tests.Conformance;

/// <summary>The suite itself: each check fails for a log that breaks its promise, and none for one that keeps them all.</summary>
public sealed class FlawedClaimStoreTests
{
    public static TheoryData<Flaw, string> FailingChecks { get; } =
        new()
        {
            { Flaw.CountsFromTwo, "free_delivery_is_granted" },
            { Flaw.GrantsHeldKey, "held_delivery_is_refused" },
            { Flaw.ReportsWrongRemainingLease, "lease_left_is_told" },
            { Flaw.RejectsRepeatedClaim, "own_claim_is_granted_again" },
            { Flaw.DoesNotRestartLeaseOfRepeatedClaim, "own_claim_granted_again_begins_its_lease_anew" },
            { Flaw.DoesNotShareStore, "instances_share_the_store" },
            { Flaw.NeverExpiresLease, "lease_runs_out" },
            { Flaw.RenewsExpiredClaim, "lost_lease_cannot_be_renewed" },
            { Flaw.CompletesExpiredClaim, "lost_lease_cannot_be_completed" },
            { Flaw.ReleasesExpiredClaim, "lost_lease_cannot_be_released" },
            { Flaw.CompletesForAnyOwner, "former_owner_is_fenced" },
            { Flaw.RenewsWithoutEffect, "renewal_begins_the_lease_anew" },
            { Flaw.RenewsWithoutEffect, "renewal_keeps_the_claim" },
            { Flaw.RenewsForAnyOwner, "renewal_needs_the_owner" },
            { Flaw.OverflowsOnLongDurations, "shortest_and_longest_times" },
            { Flaw.DoesNotStoreCompletion, "completed_delivery_is_not_handed_out" },
            { Flaw.CompletesOnlyOnce, "completing_again_is_true_for_its_owner" },
            { Flaw.CompletesForAnyOwner, "completing_needs_the_owner" },
            { Flaw.CompletesWithoutClaim, "completing_needs_a_claim" },
            { Flaw.DropsCompletionWithLease, "completed_delivery_outlives_its_lease" },
            { Flaw.ReleasesCompletedClaim, "completed_delivery_cannot_be_undone" },
            { Flaw.RenewsCompletedClaim, "completed_delivery_cannot_be_undone" },
            { Flaw.ReleasesWithoutEffect, "released_delivery_is_granted_at_once" },
            { Flaw.ReleasesTwice, "released_claim_is_gone" },
            { Flaw.ReleasesForAnyOwner, "releasing_needs_the_owner" },
            { Flaw.ResetsAttemptsOnRelease, "attempts_are_kept_over_a_release" },
            { Flaw.ResetsAttemptsOnExpiry, "attempts_are_kept_over_a_lost_lease" },
            { Flaw.ResumesExpiredClaim, "lost_claim_of_the_same_owner_is_a_new_attempt" },
            { Flaw.CountsRejectedClaims, "refused_claims_are_no_attempts" },
            { Flaw.NeverExpiresKey, "completed_delivery_is_forgotten_after_its_retention" },
            { Flaw.MeasuresRetentionFromClaim, "completing_counts_the_retention_anew" },
            { Flaw.MeasuresRetentionFromClaim, "releasing_counts_the_retention_anew" },
            { Flaw.DropsHeldClaim, "held_delivery_is_never_forgotten" },
            { Flaw.NeverExpiresKey, "attempts_are_forgotten_after_their_retention" },
            { Flaw.IgnoresCaseInKeys, "deliveries_alike_never_meet" },
            { Flaw.JoinsKeysWithColons, "deliveries_alike_never_meet" },
            { Flaw.RejectsLongKeys, "odd_deliveries_live_whole_lives" },
            { Flaw.IgnoresCaseInOwners, "owners_alike_never_meet" },
            { Flaw.ChecksThenGrants, "one_of_many_claims_is_granted" },
            { Flaw.ChecksThenTakesOver, "one_of_many_takes_a_lost_claim" },
            { Flaw.ChecksThenGrants, "claims_of_one_owner_at_once_are_one" },
            { Flaw.RejectsWhileBusy, "many_deliveries_at_once" },
            { Flaw.ChecksThenCompletes, "either_completed_or_released" },
            { Flaw.ReleasesBeforeCompleting, "nothing_is_granted_beside_completing" },
            { Flaw.ClaimsForWrongOwnerWhenCanceled, "cancelled_claim" },
            { Flaw.ReleasesWhenCanceled, "cancelled_renewal" },
            { Flaw.FailsWhenCanceled, "cancelled_renewal" },
            { Flaw.ReleasesWhenCanceled, "cancelled_completion" },
            { Flaw.HangsWhenCanceled, "cancelled_release" },
        };

    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(FailingChecks))]
    public async Task Each_flaw_fails_its_check(Flaw flaw, string check)
    {
        var failure = await Assert.ThrowsAsync<WebhookClaimStoreConformanceException>(() =>
            WebhookClaimStoreConformance.Find(check).RunAsync(CreateFixture(flaw), TestContext.Current.CancellationToken)
        );

        Assert.Equal(check, failure.CheckName);
        Assert.StartsWith($"{check}: the log must keep this promise: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public Task A_store_without_a_flaw_passes_the_check(string check) =>
        WebhookClaimStoreConformance.Find(check).RunAsync(CreateFixture(Flaw.None), TestContext.Current.CancellationToken);

    [Fact]
    public void Every_check_and_every_flaw_is_covered()
    {
        var rows = FailingChecks.Select(row => row.Data).ToList();

        Assert.Equal(
            WebhookClaimStoreConformance.Checks.Select(check => check.Name).Order(StringComparer.Ordinal),
            rows.Select(row => row.Item2).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal(Enum.GetValues<Flaw>().Where(flaw => flaw != Flaw.None).Order(), rows.Select(row => row.Item1).Distinct().Order());
    }

    [Fact]
    public async Task Canceling_a_check_is_not_a_failure_of_the_store() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            WebhookClaimStoreConformance
                .Find("free_delivery_is_granted")
                .RunAsync(CreateFixture(Flaw.None), new CancellationToken(canceled: true))
        );

    private static InMemoryFixture CreateFixture(Flaw flaw) =>
        new(clock => new FlawedClaimStore(flaw, clock), isShared: flaw != Flaw.DoesNotShareStore)
        {
            Timeout = flaw == Flaw.HangsWhenCanceled ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(3),
        };
}
