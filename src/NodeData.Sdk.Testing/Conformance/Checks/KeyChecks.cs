using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of keys and owner tokens that are similar or unusual strings.</summary>
internal static class KeyChecks
{
    // A .NET string can contain unpaired surrogates; an encoding replaces all of them with the same replacement character.
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
        new("similar_keys_are_distinct", "Keys that differ in any character are different keys.", CheckSimilarKeysAsync),
        new(
            "unusual_keys_are_supported",
            "Claims with any string as a key can be acquired, renewed, released and completed.",
            CheckUnusualKeysAsync
        ),
        new(
            "similar_owner_tokens_are_distinct",
            "Owner tokens that differ in any character are different owners.",
            CheckSimilarOwnersAsync
        ),
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
            await context.Store.AssertGrantedAsync(claim, 1, $"The key {Format(key)} is unclaimed").ConfigureAwait(false);
            await context
                .Store.AssertCompleteAsync(claim, true, $"The owner holds the claim for the key {Format(key)}")
                .ConfigureAwait(false);
        }

        foreach (var key in keys)
        {
            await context
                .Store.AssertAlreadyCompletedAsync(context.CreateClaim(key: key), $"The key {Format(key)} was completed")
                .ConfigureAwait(false);
        }
    }

    private static async Task CheckUnusualKeysAsync(ConformanceContext context)
    {
        foreach (var text in UnusualTexts)
        {
            var key = context.CreateKey(text, text, text);
            var situation = $"The key is {Format(key)}";
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
            await context.Store.AssertGrantedAsync(held, 1, "The key is unclaimed").ConfigureAwait(false);
            foreach (var otherOwner in UnusualTexts.Where(otherOwner => otherOwner != holder))
            {
                var claim = context.CreateClaim(key: held.Key, ownerToken: otherOwner);
                await context.Store.AssertRenewAsync(claim, false, "An owner with a similar token holds the claim").ConfigureAwait(false);
            }

            await context
                .Store.AssertCompleteAsync(held, true, "The owner holds the claim, and owners with similar tokens tried to renew it")
                .ConfigureAwait(false);
        }
    }

    private static string Format(WebhookClaimKey key) => key.ToString();
}
