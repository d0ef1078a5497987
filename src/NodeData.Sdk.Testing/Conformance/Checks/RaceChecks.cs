using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Many at once, through two instances.</summary>
internal static class RaceChecks
{
    private const int Crowd = 64;

    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("one_of_many_claims_is_granted", "Of 64 claims at once, exactly one is granted; the others are in progress.", ManyAsync),
        new(
            "one_of_many_takes_a_lost_claim",
            "Of 64 claims at once on a delivery whose lease ran out, exactly one is granted.",
            TakeOverAsync
        ),
        new(
            "claims_of_one_owner_at_once_are_one",
            "The same claim made many times at once is granted each time, as one attempt.",
            SameAsync
        ),
        new("many_deliveries_at_once", "64 deliveries at once do not disturb each other.", DeliveriesAsync),
        new("either_completed_or_released", "Of completing and releasing one claim at once, exactly one happens.", EitherAsync),
        new("nothing_is_granted_beside_completing", "While a delivery is completed, it is granted to nobody.", BesideAsync),
    ];

    private static Task ManyAsync(Scene scene) => OneIsGrantedAsync(scene, attempt: 1);

    private static async Task TakeOverAsync(Scene scene)
    {
        await scene.Log.GrantsAsync(scene.Claim(lease: scene.Short), 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await OneIsGrantedAsync(scene, attempt: 2).ConfigureAwait(false);
    }

    private static async Task SameAsync(Scene scene)
    {
        var claim = scene.Claim();
        var results = await Task.WhenAll(AtOnce(scene, (log, _) => log.ClaimAsync(claim))).ConfigureAwait(false);
        Require(results.All(result => result == WebhookClaimResult.Claimed(1)), results, $"all {Crowd} are claimed, attempt 1");
    }

    private static async Task DeliveriesAsync(Scene scene)
    {
        var claims = Enumerable.Range(0, Crowd).Select(number => scene.Claim(delivery: scene.Delivery($"handler-{number}"))).ToArray();
        var granted = await Task.WhenAll(AtOnce(scene, (log, number) => log.ClaimAsync(claims[number]))).ConfigureAwait(false);
        Require(granted.All(result => result == WebhookClaimResult.Claimed(1)), granted, $"all {Crowd} are claimed, attempt 1");
        var completed = await Task.WhenAll(AtOnce(scene, (log, number) => log.CompleteAsync(claims[number]))).ConfigureAwait(false);
        Require(completed.All(isCompleted => isCompleted), completed, $"all {Crowd} are completed");
    }

    private static async Task EitherAsync(Scene scene)
    {
        for (var number = 0; number < Crowd / 2; number++)
        {
            var claim = scene.Claim(delivery: scene.Delivery($"handler-{number}"));
            await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
            var done = await Task.WhenAll(scene.Log.CompleteAsync(claim), scene.Other.ReleaseAsync(claim)).ConfigureAwait(false);
            Require(done[0] != done[1], done, "one of completing and releasing is true");
            var next = scene.Claim(delivery: claim.Key);
            await (
                done[0]
                    ? scene.Log.SaysCompletedAsync(next, "Completing was true, and releasing at the same time false")
                    : scene.Log.GrantsAsync(next, 2, "Releasing was true, and completing at the same time false")
            ).ConfigureAwait(false);
        }
    }

    private static async Task BesideAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        var others = AtOnce(scene, (log, _) => log.ClaimAsync(scene.Claim()));
        await scene.Log.CompletesAsync(claim, true, "Its owner holds it, and others claim it at the same time").ConfigureAwait(false);
        var results = await Task.WhenAll(others).ConfigureAwait(false);
        Require(results.All(result => !result.IsClaimed), results, "none is claimed");
    }

    private static async Task OneIsGrantedAsync(Scene scene, int attempt)
    {
        var claims = Enumerable.Range(0, Crowd).Select(_ => scene.Claim()).ToArray();
        var results = await Task.WhenAll(AtOnce(scene, (log, number) => log.ClaimAsync(claims[number]))).ConfigureAwait(false);
        Require(results.Count(result => result == WebhookClaimResult.Claimed(attempt)) == 1, results, $"one is claimed, attempt {attempt}");
        Require(results.Count(result => !result.IsClaimed && !result.IsCompleted) == Crowd - 1, results, "the others are in progress");
        var winner = claims[Array.FindIndex(results, result => result.IsClaimed)];
        await scene.Log.CompletesAsync(winner, true, $"Its claim was granted among {Crowd}").ConfigureAwait(false);
    }

    private static Task<T>[] AtOnce<T>(Scene scene, Func<BoundedLog, int, Task<T>> call) =>
        [.. Enumerable.Range(0, Crowd).Select(number => call(number % 2 == 0 ? scene.Log : scene.Other, number))];

    private static void Require<T>(bool kept, IEnumerable<T> results, string must)
    {
        if (!kept)
        {
            var counts = results.GroupBy(result => $"{result}").Select(group => $"{group.Count()} × {group.Key}");
            throw new BrokenPromiseException($"Of the calls made at once, {must}; the answers were {string.Join(", ", counts)}.");
        }
    }
}
