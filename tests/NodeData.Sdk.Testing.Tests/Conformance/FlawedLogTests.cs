namespace NodeData.Sdk.Testing.Tests.Conformance;

/// <summary>The suite itself: each check fails for a log that breaks its promise, and none for one that keeps them all.</summary>
public sealed class FlawedLogTests
{
    public static TheoryData<Flaw, string> Caught { get; } =
        new()
        {
            { Flaw.CountsFromTwo, "free_delivery_is_granted" },
            { Flaw.GrantsWhatIsHeld, "held_delivery_is_refused" },
            { Flaw.TellsAWrongLease, "lease_left_is_told" },
            { Flaw.RefusesItsOwnClaim, "own_claim_is_granted_again" },
            { Flaw.KeepsTheLeaseOfItsOwnClaim, "own_claim_granted_again_begins_its_lease_anew" },
            { Flaw.IsAloneInItsProcess, "instances_share_the_store" },
            { Flaw.NeverEndsALease, "lease_runs_out" },
            { Flaw.RenewsTheLost, "lost_lease_cannot_be_renewed" },
            { Flaw.CompletesTheLost, "lost_lease_cannot_be_completed" },
            { Flaw.ReleasesTheLost, "lost_lease_cannot_be_released" },
            { Flaw.LetsAnybodyComplete, "former_owner_is_fenced" },
            { Flaw.RenewsWithoutEffect, "renewal_begins_the_lease_anew" },
            { Flaw.RenewsWithoutEffect, "renewal_keeps_the_claim" },
            { Flaw.LetsAnybodyRenew, "renewal_needs_the_owner" },
            { Flaw.OverflowsWithLongTimes, "shortest_and_longest_times" },
            { Flaw.ForgetsTheCompleted, "completed_delivery_is_not_handed_out" },
            { Flaw.CompletesOnlyOnce, "completing_again_is_true_for_its_owner" },
            { Flaw.LetsAnybodyComplete, "completing_needs_the_owner" },
            { Flaw.CompletesTheUnclaimed, "completing_needs_a_claim" },
            { Flaw.ForgetsTheCompletedWithItsLease, "completed_delivery_outlives_its_lease" },
            { Flaw.ReleasesTheCompleted, "completed_delivery_cannot_be_undone" },
            { Flaw.RenewsTheCompleted, "completed_delivery_cannot_be_undone" },
            { Flaw.ReleasesWithoutEffect, "released_delivery_is_granted_at_once" },
            { Flaw.ReleasesTwice, "released_claim_is_gone" },
            { Flaw.LetsAnybodyRelease, "releasing_needs_the_owner" },
            { Flaw.ForgetsAttemptsOnRelease, "attempts_are_kept_over_a_release" },
            { Flaw.ForgetsAttemptsWithTheLease, "attempts_are_kept_over_a_lost_lease" },
            { Flaw.ResumesALostClaim, "lost_claim_of_the_same_owner_is_a_new_attempt" },
            { Flaw.CountsRefusedClaims, "refused_claims_are_no_attempts" },
            { Flaw.NeverForgets, "completed_delivery_is_forgotten_after_its_retention" },
            { Flaw.CountsRetentionFromTheClaim, "completing_counts_the_retention_anew" },
            { Flaw.CountsRetentionFromTheClaim, "releasing_counts_the_retention_anew" },
            { Flaw.ForgetsWhatIsHeld, "held_delivery_is_never_forgotten" },
            { Flaw.NeverForgets, "attempts_are_forgotten_after_their_retention" },
            { Flaw.IgnoresCaseInKeys, "deliveries_alike_never_meet" },
            { Flaw.JoinsKeysWithColons, "deliveries_alike_never_meet" },
            { Flaw.RefusesLongKeys, "odd_deliveries_live_whole_lives" },
            { Flaw.IgnoresCaseInOwners, "owners_alike_never_meet" },
            { Flaw.LooksThenGrants, "one_of_many_claims_is_granted" },
            { Flaw.LooksThenTakesOver, "one_of_many_takes_a_lost_claim" },
            { Flaw.LooksThenGrants, "claims_of_one_owner_at_once_are_one" },
            { Flaw.RefusesWhileBusy, "many_deliveries_at_once" },
            { Flaw.LooksThenCompletes, "either_completed_or_released" },
            { Flaw.ReleasesBeforeItCompletes, "nothing_is_granted_beside_completing" },
            { Flaw.LosesItsAnswerAndItsOwner, "cancelled_claim" },
            { Flaw.ReleasesWhenCancelled, "cancelled_renewal" },
            { Flaw.FailsWhenCancelled, "cancelled_renewal" },
            { Flaw.ReleasesWhenCancelled, "cancelled_completion" },
            { Flaw.HangsWhenCancelled, "cancelled_release" },
        };

    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Caught))]
    public async Task A_flaw_is_caught_by_the_check_that_is_named_for_it(Flaw flaw, string check)
    {
        var failure = await Assert.ThrowsAsync<WebhookClaimStoreConformanceException>(() =>
            WebhookClaimStoreConformance.Find(check).RunAsync(Subject(flaw), TestContext.Current.CancellationToken)
        );

        Assert.Equal(check, failure.CheckName);
        Assert.StartsWith($"{check}: the log must keep this promise: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public Task A_log_without_a_flaw_passes(string check) =>
        WebhookClaimStoreConformance.Find(check).RunAsync(Subject(Flaw.None), TestContext.Current.CancellationToken);

    [Fact]
    public void Every_check_and_every_flaw_is_tried()
    {
        var rows = Caught.Select(row => row.Data).ToList();

        Assert.Equal(
            WebhookClaimStoreConformance.Checks.Select(check => check.Name).Order(StringComparer.Ordinal),
            rows.Select(row => row.Item2).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal(Enum.GetValues<Flaw>().Where(flaw => flaw != Flaw.None).Order(), rows.Select(row => row.Item1).Distinct().Order());
    }

    [Fact]
    public async Task Giving_up_a_check_is_no_failure_of_the_log() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            WebhookClaimStoreConformance
                .Find("free_delivery_is_granted")
                .RunAsync(Subject(Flaw.None), new CancellationToken(canceled: true))
        );

    private static InMemorySubject Subject(Flaw flaw) =>
        new(clock => new FlawedLog(flaw, clock), isShared: flaw != Flaw.IsAloneInItsProcess)
        {
            Limit = flaw == Flaw.HangsWhenCancelled ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(3),
        };
}
