namespace NodeData.Sdk.Testing.Tests.Conformance;

/// <summary>Tests of the conformance suite: each check fails for a store with the matching flaw, and passes for a store without a flaw.</summary>
public sealed class FlawedClaimStoreTests
{
    public static TheoryData<Flaw, string> FailingChecks { get; } =
        new()
        {
            { Flaw.CountsFromTwo, "unclaimed_key_is_granted" },
            { Flaw.GrantsHeldKey, "held_key_is_in_progress" },
            { Flaw.ReportsWrongRemainingLease, "remaining_lease_is_returned" },
            { Flaw.RejectsRepeatedClaim, "repeated_claim_is_granted" },
            { Flaw.DoesNotRestartLeaseOfRepeatedClaim, "repeated_claim_restarts_the_lease" },
            { Flaw.DoesNotShareStore, "instances_share_the_store" },
            { Flaw.NeverExpiresLease, "expired_key_is_granted" },
            { Flaw.RenewsExpiredClaim, "expired_claim_cannot_be_renewed" },
            { Flaw.CompletesExpiredClaim, "expired_claim_cannot_be_completed" },
            { Flaw.ReleasesExpiredClaim, "expired_claim_cannot_be_released" },
            { Flaw.CompletesForAnyOwner, "former_owner_is_fenced" },
            { Flaw.RenewsWithoutEffect, "renewal_restarts_the_lease" },
            { Flaw.RenewsWithoutEffect, "renewal_keeps_the_claim" },
            { Flaw.RenewsForAnyOwner, "renewal_requires_the_owner" },
            { Flaw.OverflowsOnLongDurations, "min_and_max_durations" },
            { Flaw.DoesNotStoreCompletion, "completed_key_is_not_granted" },
            { Flaw.CompletesOnlyOnce, "completion_is_idempotent" },
            { Flaw.CompletesForAnyOwner, "completion_requires_the_owner" },
            { Flaw.CompletesWithoutClaim, "completion_requires_a_claim" },
            { Flaw.DropsCompletionWithLease, "completion_outlives_the_lease" },
            { Flaw.ReleasesCompletedClaim, "completion_is_final" },
            { Flaw.RenewsCompletedClaim, "completion_is_final" },
            { Flaw.ReleasesWithoutEffect, "released_key_is_granted_immediately" },
            { Flaw.ReleasesTwice, "release_is_final" },
            { Flaw.ReleasesForAnyOwner, "release_requires_the_owner" },
            { Flaw.ResetsAttemptsOnRelease, "release_keeps_the_attempt_count" },
            { Flaw.ResetsAttemptsOnExpiry, "expiry_keeps_the_attempt_count" },
            { Flaw.ResumesExpiredClaim, "reclaim_after_expiry_is_a_new_attempt" },
            { Flaw.CountsRejectedClaims, "rejected_claims_are_not_counted" },
            { Flaw.NeverExpiresKey, "completed_key_expires_after_its_retention" },
            { Flaw.MeasuresRetentionFromClaim, "completion_restarts_the_retention" },
            { Flaw.MeasuresRetentionFromClaim, "release_restarts_the_retention" },
            { Flaw.DropsHeldClaim, "held_claim_outlives_its_retention" },
            { Flaw.NeverExpiresKey, "attempt_count_expires_after_its_retention" },
            { Flaw.IgnoresCaseInKeys, "similar_keys_are_distinct" },
            { Flaw.JoinsKeysWithColons, "similar_keys_are_distinct" },
            { Flaw.RejectsLongKeys, "unusual_keys_are_supported" },
            { Flaw.IgnoresCaseInOwners, "similar_owner_tokens_are_distinct" },
            { Flaw.ChecksThenGrants, "concurrent_claims_grant_one" },
            { Flaw.ChecksThenTakesOver, "concurrent_claims_after_expiry_grant_one" },
            { Flaw.ChecksThenGrants, "concurrent_repeats_are_one_attempt" },
            { Flaw.RejectsWhileBusy, "concurrent_keys_are_independent" },
            { Flaw.ChecksThenCompletes, "completion_and_release_are_exclusive" },
            { Flaw.ReleasesBeforeCompleting, "nothing_is_granted_during_completion" },
            { Flaw.ClaimsForWrongOwnerWhenCanceled, "canceled_claim" },
            { Flaw.ReleasesWhenCanceled, "canceled_renewal" },
            { Flaw.FailsWhenCanceled, "canceled_renewal" },
            { Flaw.ReleasesWhenCanceled, "canceled_completion" },
            { Flaw.HangsWhenCanceled, "canceled_release" },
        };

    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(FailingChecks))]
    public async Task Each_flaw_fails_its_check(Flaw flaw, string check)
    {
        var exception = await Assert.ThrowsAsync<WebhookClaimStoreConformanceException>(() =>
            WebhookClaimStoreConformance.GetCheck(check).RunAsync(CreateFixture(flaw), TestContext.Current.CancellationToken)
        );

        Assert.Equal(check, exception.CheckName);
        Assert.StartsWith($"The claim store failed the conformance check {check}: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public Task A_store_without_a_flaw_passes_the_check(string check) =>
        WebhookClaimStoreConformance.GetCheck(check).RunAsync(CreateFixture(Flaw.None), TestContext.Current.CancellationToken);

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
                .GetCheck("unclaimed_key_is_granted")
                .RunAsync(CreateFixture(Flaw.None), new CancellationToken(canceled: true))
        );

    private static InMemoryFixture CreateFixture(Flaw flaw) =>
        new(clock => new FlawedClaimStore(flaw, clock), isShared: flaw != Flaw.DoesNotShareStore)
        {
            Timeout = flaw == Flaw.HangsWhenCanceled ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(3),
        };
}
