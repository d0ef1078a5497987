using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Deliveries and owners whose names are alike, or odd.</summary>
internal static class KeyChecks
{
    // What a text can hold in .NET and no encoding can: two of them would become the same character.
    private static readonly string[] UnpairedSurrogates = ["\ud83e", "\ud83f", "\udd16"];

    private static readonly string[] UnusualTexts =
    [
        "a",
        "A",
        "a ",
        " a",
        "a:b",
        "a%3Ab",
        "a%b_c*?[d]",
        "{a}",
        "'a' OR \"1\"=`1`; --",
        "a\0b",
        "a\r\nb",
        "caf\u00e9",
        "cafe\u0301",
        "CAFÉ",
        "ｆｕｌｌ",
        "\ud83e\udd16",
        "\u0130i\u0131I",
        new('x', 255),
        new('X', 255),
        new('x', 256),
        new('y', 100_000),
        new string('y', 99_999) + "z",
    ];

    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("deliveries_alike_never_meet", "Deliveries whose keys differ in anything at all never meet.", CheckSimilarKeysAsync),
        new(
            "odd_deliveries_live_whole_lives",
            "Whatever is in a key, the delivery is claimed, renewed, released and completed.",
            CheckUnusualKeysAsync
        ),
        new("owners_alike_never_meet", "Owners that differ in anything at all are different owners.", CheckSimilarOwnersAsync),
    ];

    private static async Task CheckSimilarKeysAsync(ConformanceContext context)
    {
        WebhookClaimKey[] keys =
        [
            .. UnusualTexts.Concat(UnpairedSurrogates).Select(text => context.CreateKey("receiver", "event", text)),
            .. UnusualTexts.Concat(UnpairedSurrogates).Select(text => context.CreateKey("receiver", text, "handler")),
            .. UnusualTexts.Concat(UnpairedSurrogates).Select(text => context.CreateKey(text, "event", "handler")),
            context.CreateKey("a:b", "c", "d"),
            context.CreateKey("a", "b:c", "d"),
            context.CreateKey("a:", "b", "d"),
            context.CreateKey("a", ":b", "d"),
        ];
        foreach (var key in keys)
        {
            var claim = context.CreateClaim(key: key);
            await context.Store.AssertGrantedAsync(claim, 1, $"Nobody claimed the delivery {Format(key)}").ConfigureAwait(false);
            await context.Store.AssertCompleteAsync(claim, true, $"Its owner holds the delivery {Format(key)}").ConfigureAwait(false);
        }

        foreach (var key in keys)
        {
            await context
                .Store.AssertAlreadyCompletedAsync(context.CreateClaim(key: key), $"The delivery {Format(key)} was completed")
                .ConfigureAwait(false);
        }
    }

    private static async Task CheckUnusualKeysAsync(ConformanceContext context)
    {
        foreach (var text in UnusualTexts)
        {
            var key = context.CreateKey(text, text, text);
            var situation = $"The delivery is {Format(key)}";
            var (first, second) = (context.CreateClaim(key: key), context.CreateClaim(key: key));
            await context.Store.AssertGrantedAsync(first, 1, situation).ConfigureAwait(false);
            await context.Store.AssertRenewAsync(first, true, situation).ConfigureAwait(false);
            await context.Store.AssertInProgressAsync(second, situation).ConfigureAwait(false);
            await context.Store.AssertReleaseAsync(first, true, situation).ConfigureAwait(false);
            await context.Store.AssertGrantedAsync(second, 2, situation).ConfigureAwait(false);
            await context.Store.AssertCompleteAsync(second, true, situation).ConfigureAwait(false);
            await context.Store.AssertAlreadyCompletedAsync(first, situation).ConfigureAwait(false);
        }
    }

    private static async Task CheckSimilarOwnersAsync(ConformanceContext context)
    {
        foreach (var holder in UnusualTexts)
        {
            var held = context.CreateClaim(key: context.CreateKey("receiver", holder, "owners"), ownerToken: holder);
            await context.Store.AssertGrantedAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
            foreach (var otherOwner in UnusualTexts.Where(otherOwner => otherOwner != holder))
            {
                var claim = context.CreateClaim(key: held.Key, ownerToken: otherOwner);
                await context.Store.AssertRenewAsync(claim, false, "It is held by an owner whose name is alike").ConfigureAwait(false);
            }

            await context.Store.AssertCompleteAsync(held, true, "Owners whose names are alike tried to renew it").ConfigureAwait(false);
        }
    }

    private static string Format(WebhookClaimKey key) => key.ToString();
}
