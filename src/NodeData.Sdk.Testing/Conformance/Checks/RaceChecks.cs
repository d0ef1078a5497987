using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of concurrent calls through two instances.</summary>
internal static class RaceChecks
{
    private const int ConcurrentCalls = 64;

    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "concurrent_claims_grant_one",
            "Of 64 concurrent claims for one key exactly one is granted; the others return in progress.",
            CheckConcurrentClaimsAsync
        ),
        new(
            "concurrent_claims_after_expiry_grant_one",
            "Of 64 concurrent claims for a key whose lease has expired exactly one is granted.",
            CheckConcurrentClaimsAfterExpiryAsync
        ),
        new(
            "concurrent_repeats_are_one_attempt",
            "A claim that its owner repeats concurrently is granted each time, as one attempt.",
            CheckConcurrentRepeatsAsync
        ),
        new("concurrent_keys_are_independent", "Concurrent calls for 64 keys do not affect each other.", CheckConcurrentKeysAsync),
        new(
            "completion_and_release_are_exclusive",
            "Of a concurrent completion and release of one claim exactly one succeeds.",
            CheckCompletionAndReleaseAsync
        ),
        new(
            "nothing_is_granted_during_completion",
            "While a claim is being completed, no other claim for the key is granted.",
            CheckClaimsDuringCompletionAsync
        ),
    ];

    private static Task CheckConcurrentClaimsAsync(ConformanceContext context) => AssertOneIsGrantedAsync(context, attempt: 1);

    private static async Task CheckConcurrentClaimsAfterExpiryAsync(ConformanceContext context)
    {
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(lease: context.ShortInterval), 1, "The key is unclaimed")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await AssertOneIsGrantedAsync(context, attempt: 2).ConfigureAwait(false);
    }

    private static async Task CheckConcurrentRepeatsAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        var results = await Task.WhenAll(StartConcurrently(context, (store, _) => store.ClaimAsync(claim))).ConfigureAwait(false);
        Require(
            results.All(result => result == WebhookClaimResult.Claimed(1)),
            results,
            $"all {ConcurrentCalls} must return \"claimed, attempt 1\""
        );
    }

    private static async Task CheckConcurrentKeysAsync(ConformanceContext context)
    {
        var claims = Enumerable
            .Range(0, ConcurrentCalls)
            .Select(number => context.CreateClaim(key: context.CreateKey($"handler-{number}")))
            .ToArray();
        var granted = await Task.WhenAll(StartConcurrently(context, (store, number) => store.ClaimAsync(claims[number])))
            .ConfigureAwait(false);
        Require(
            granted.All(result => result == WebhookClaimResult.Claimed(1)),
            granted,
            $"all {ConcurrentCalls} must return \"claimed, attempt 1\""
        );
        var completed = await Task.WhenAll(StartConcurrently(context, (store, number) => store.CompleteAsync(claims[number])))
            .ConfigureAwait(false);
        Require(completed.All(isCompleted => isCompleted), completed, $"all {ConcurrentCalls} completions must return True");
    }

    private static async Task CheckCompletionAndReleaseAsync(ConformanceContext context)
    {
        for (var number = 0; number < ConcurrentCalls / 2; number++)
        {
            var claim = context.CreateClaim(key: context.CreateKey($"handler-{number}"));
            await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
            var done = await Task.WhenAll(context.Store.CompleteAsync(claim), context.SecondStore.ReleaseAsync(claim))
                .ConfigureAwait(false);
            Require(done[0] != done[1], done, "either the completion or the release must return True");
            var next = context.CreateClaim(key: claim.Key);
            await (
                done[0]
                    ? context.Store.AssertAlreadyCompletedAsync(next, "The completion succeeded, and the concurrent release was rejected")
                    : context.Store.AssertGrantedAsync(next, 2, "The release succeeded, and the concurrent completion was rejected")
            ).ConfigureAwait(false);
        }
    }

    private static async Task CheckClaimsDuringCompletionAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        var others = StartConcurrently(context, (store, _) => store.ClaimAsync(context.CreateClaim()));
        await context
            .Store.AssertCompleteAsync(claim, true, "The owner holds the claim, and other owners claim the key concurrently")
            .ConfigureAwait(false);
        var results = await Task.WhenAll(others).ConfigureAwait(false);
        Require(results.All(result => !result.IsClaimed), results, "none may be granted");
    }

    private static async Task AssertOneIsGrantedAsync(ConformanceContext context, int attempt)
    {
        var claims = Enumerable.Range(0, ConcurrentCalls).Select(_ => context.CreateClaim()).ToArray();
        var results = await Task.WhenAll(StartConcurrently(context, (store, number) => store.ClaimAsync(claims[number])))
            .ConfigureAwait(false);
        Require(
            results.Count(result => result == WebhookClaimResult.Claimed(attempt)) == 1,
            results,
            $"exactly one must return \"claimed, attempt {attempt}\""
        );
        Require(
            results.Count(result => !result.IsClaimed && !result.IsCompleted) == ConcurrentCalls - 1,
            results,
            "the others must return \"in progress\""
        );
        var winner = claims[Array.FindIndex(results, result => result.IsClaimed)];
        await context
            .Store.AssertCompleteAsync(winner, true, $"The claim was granted among {ConcurrentCalls} concurrent ones")
            .ConfigureAwait(false);
    }

    private static Task<T>[] StartConcurrently<T>(ConformanceContext context, Func<StoreUnderTest, int, Task<T>> call) =>
        [.. Enumerable.Range(0, ConcurrentCalls).Select(number => call(number % 2 == 0 ? context.Store : context.SecondStore, number))];

    private static void Require<T>(bool condition, IEnumerable<T> results, string requirement)
    {
        if (!condition)
        {
            var counts = results.GroupBy(result => $"{result}").Select(group => $"{group.Count()} × {group.Key}");
            throw new CheckFailedException($"Of the concurrent calls, {requirement}; the results were {string.Join(", ", counts)}.");
        }
    }
}
