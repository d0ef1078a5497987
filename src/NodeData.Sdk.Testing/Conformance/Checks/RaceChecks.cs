using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Many at once, through two instances.</summary>
internal static class RaceChecks
{
    private const int ConcurrentCalls = 64;

    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "one_of_many_claims_is_granted",
            "Of 64 claims at once, exactly one is granted; the others are in progress.",
            CheckConcurrentClaimsAsync
        ),
        new(
            "one_of_many_takes_a_lost_claim",
            "Of 64 claims at once on a delivery whose lease ran out, exactly one is granted.",
            CheckConcurrentClaimsAfterExpiryAsync
        ),
        new(
            "claims_of_one_owner_at_once_are_one",
            "The same claim made many times at once is granted each time, as one attempt.",
            CheckConcurrentRepeatsAsync
        ),
        new("many_deliveries_at_once", "64 deliveries at once do not disturb each other.", CheckConcurrentKeysAsync),
        new(
            "either_completed_or_released",
            "Of completing and releasing one claim at once, exactly one happens.",
            CheckCompletionAndReleaseAsync
        ),
        new(
            "nothing_is_granted_beside_completing",
            "While a delivery is completed, it is granted to nobody.",
            CheckClaimsDuringCompletionAsync
        ),
    ];

    private static Task CheckConcurrentClaimsAsync(ConformanceContext context) => AssertOneIsGrantedAsync(context, attempt: 1);

    private static async Task CheckConcurrentClaimsAfterExpiryAsync(ConformanceContext context)
    {
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(lease: context.ShortInterval), 1, "Nobody claimed it before")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await AssertOneIsGrantedAsync(context, attempt: 2).ConfigureAwait(false);
    }

    private static async Task CheckConcurrentRepeatsAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        var results = await Task.WhenAll(StartConcurrently(context, (store, _) => store.ClaimAsync(claim))).ConfigureAwait(false);
        Require(results.All(result => result == WebhookClaimResult.Claimed(1)), results, $"all {ConcurrentCalls} are claimed, attempt 1");
    }

    private static async Task CheckConcurrentKeysAsync(ConformanceContext context)
    {
        var claims = Enumerable
            .Range(0, ConcurrentCalls)
            .Select(number => context.CreateClaim(key: context.CreateKey($"handler-{number}")))
            .ToArray();
        var granted = await Task.WhenAll(StartConcurrently(context, (store, number) => store.ClaimAsync(claims[number])))
            .ConfigureAwait(false);
        Require(granted.All(result => result == WebhookClaimResult.Claimed(1)), granted, $"all {ConcurrentCalls} are claimed, attempt 1");
        var completed = await Task.WhenAll(StartConcurrently(context, (store, number) => store.CompleteAsync(claims[number])))
            .ConfigureAwait(false);
        Require(completed.All(isCompleted => isCompleted), completed, $"all {ConcurrentCalls} are completed");
    }

    private static async Task CheckCompletionAndReleaseAsync(ConformanceContext context)
    {
        for (var number = 0; number < ConcurrentCalls / 2; number++)
        {
            var claim = context.CreateClaim(key: context.CreateKey($"handler-{number}"));
            await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
            var done = await Task.WhenAll(context.Store.CompleteAsync(claim), context.SecondStore.ReleaseAsync(claim))
                .ConfigureAwait(false);
            Require(done[0] != done[1], done, "one of completing and releasing is true");
            var next = context.CreateClaim(key: claim.Key);
            await (
                done[0]
                    ? context.Store.AssertAlreadyCompletedAsync(next, "Completing was true, and releasing at the same time false")
                    : context.Store.AssertGrantedAsync(next, 2, "Releasing was true, and completing at the same time false")
            ).ConfigureAwait(false);
        }
    }

    private static async Task CheckClaimsDuringCompletionAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        var others = StartConcurrently(context, (store, _) => store.ClaimAsync(context.CreateClaim()));
        await context
            .Store.AssertCompleteAsync(claim, true, "Its owner holds it, and others claim it at the same time")
            .ConfigureAwait(false);
        var results = await Task.WhenAll(others).ConfigureAwait(false);
        Require(results.All(result => !result.IsClaimed), results, "none is claimed");
    }

    private static async Task AssertOneIsGrantedAsync(ConformanceContext context, int attempt)
    {
        var claims = Enumerable.Range(0, ConcurrentCalls).Select(_ => context.CreateClaim()).ToArray();
        var results = await Task.WhenAll(StartConcurrently(context, (store, number) => store.ClaimAsync(claims[number])))
            .ConfigureAwait(false);
        Require(results.Count(result => result == WebhookClaimResult.Claimed(attempt)) == 1, results, $"one is claimed, attempt {attempt}");
        Require(
            results.Count(result => !result.IsClaimed && !result.IsCompleted) == ConcurrentCalls - 1,
            results,
            "the others are in progress"
        );
        var winner = claims[Array.FindIndex(results, result => result.IsClaimed)];
        await context.Store.AssertCompleteAsync(winner, true, $"Its claim was granted among {ConcurrentCalls}").ConfigureAwait(false);
    }

    private static Task<T>[] StartConcurrently<T>(ConformanceContext context, Func<StoreUnderTest, int, Task<T>> call) =>
        [.. Enumerable.Range(0, ConcurrentCalls).Select(number => call(number % 2 == 0 ? context.Store : context.SecondStore, number))];

    private static void Require<T>(bool condition, IEnumerable<T> results, string requirement)
    {
        if (!condition)
        {
            var counts = results.GroupBy(result => $"{result}").Select(group => $"{group.Count()} × {group.Key}");
            throw new CheckFailedException($"Of the calls made at once, {requirement}; the answers were {string.Join(", ", counts)}.");
        }
    }
}
