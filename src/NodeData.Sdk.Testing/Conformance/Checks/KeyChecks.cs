using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Deliveries and owners whose names are alike, or odd.</summary>
internal static class KeyChecks
{
    // What a text can hold in .NET and no encoding can: two of them would become the same character.
    private static readonly string[] HalfCharacters = ["\ud83e", "\ud83f", "\udd16"];

    private static readonly string[] OddTexts =
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
        new("deliveries_alike_never_meet", "Deliveries whose keys differ in anything at all never meet.", AlikeAsync),
        new("odd_deliveries_live_whole_lives", "Whatever is in a key, the delivery is claimed, renewed, released and completed.", OddAsync),
        new("owners_alike_never_meet", "Owners that differ in anything at all are different owners.", OwnersAsync),
    ];

    private static async Task AlikeAsync(Scene scene)
    {
        WebhookClaimKey[] deliveries =
        [
            .. OddTexts.Concat(HalfCharacters).Select(odd => scene.Delivery("receiver", "event", odd)),
            .. OddTexts.Concat(HalfCharacters).Select(odd => scene.Delivery("receiver", odd, "handler")),
            .. OddTexts.Concat(HalfCharacters).Select(odd => scene.Delivery(odd, "event", "handler")),
            scene.Delivery("a:b", "c", "d"),
            scene.Delivery("a", "b:c", "d"),
            scene.Delivery("a:", "b", "d"),
            scene.Delivery("a", ":b", "d"),
        ];
        foreach (var delivery in deliveries)
        {
            var claim = scene.Claim(delivery: delivery);
            await scene.Log.GrantsAsync(claim, 1, $"Nobody claimed the delivery {Shown(delivery)}").ConfigureAwait(false);
            await scene.Log.CompletesAsync(claim, true, $"Its owner holds the delivery {Shown(delivery)}").ConfigureAwait(false);
        }

        foreach (var delivery in deliveries)
        {
            await scene
                .Log.SaysCompletedAsync(scene.Claim(delivery: delivery), $"The delivery {Shown(delivery)} was completed")
                .ConfigureAwait(false);
        }
    }

    private static async Task OddAsync(Scene scene)
    {
        foreach (var odd in OddTexts)
        {
            var delivery = scene.Delivery(odd, odd, odd);
            var situation = $"The delivery is {Shown(delivery)}";
            var (first, second) = (scene.Claim(delivery: delivery), scene.Claim(delivery: delivery));
            await scene.Log.GrantsAsync(first, 1, situation).ConfigureAwait(false);
            await scene.Log.RenewsAsync(first, true, situation).ConfigureAwait(false);
            await scene.Log.SaysInProgressAsync(second, situation).ConfigureAwait(false);
            await scene.Log.ReleasesAsync(first, true, situation).ConfigureAwait(false);
            await scene.Log.GrantsAsync(second, 2, situation).ConfigureAwait(false);
            await scene.Log.CompletesAsync(second, true, situation).ConfigureAwait(false);
            await scene.Log.SaysCompletedAsync(first, situation).ConfigureAwait(false);
        }
    }

    private static async Task OwnersAsync(Scene scene)
    {
        foreach (var holder in OddTexts)
        {
            var held = scene.Claim(delivery: scene.Delivery("receiver", holder, "owners"), owner: holder);
            await scene.Log.GrantsAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
            foreach (var stranger in OddTexts.Where(stranger => stranger != holder))
            {
                var claim = scene.Claim(delivery: held.Key, owner: stranger);
                await scene.Log.RenewsAsync(claim, false, "It is held by an owner whose name is alike").ConfigureAwait(false);
            }

            await scene.Log.CompletesAsync(held, true, "Owners whose names are alike tried to renew it").ConfigureAwait(false);
        }
    }

    private static string Shown(WebhookClaimKey delivery) => delivery.ToString();
}
