using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

public sealed class WebhookClaimKeyTests
{
    [Fact]
    public void Unpaired_surrogates_give_different_strings()
    {
        string[] events =
        [
            "evt_\ud83e",
            "evt_\ud83f",
            "evt_\udd16",
            "evt_\ufffd",
            "evt_?",
            new string('x', 300) + "\ud83e",
            new string('x', 300) + "\ud83f",
        ];

        var texts = events.Select(id => new WebhookClaimKey("receiver", id, "handler").ToString()).ToList();

        Assert.Equal(events.Length, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.All(texts, text => Assert.Matches("^[!-~]{1,255}$", text));
    }
}
