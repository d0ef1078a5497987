using System.Text;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Events;

public sealed class MalformedPayloadTests
{
    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\ufeff", "is empty")]
    [InlineData("null", "not an object")]
    [InlineData("[]", "not an object")]
    [InlineData("\"whsec_live_0123456789abcdef\"", "not an object")]
    [InlineData("not json nd_live_abcdef", "not JSON")]
    [InlineData("{\"type\":\"payout.paid\"", "not JSON")]
    [InlineData("{\"type\":\"payout.paid\"} {}", "not JSON")]
    [InlineData("{\"type\":\"payout.paid\",}", "not JSON")]
    [InlineData("{} // nothing", "not JSON")]
    public void A_body_that_is_not_a_JSON_object_is_rejected_without_repeating_it(string body, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.False(WebhookEvent.TryParse(bytes, out var none));
        Assert.Null(none);
        var exception = Assert.Throws<WebhookPayloadException>(() => WebhookEvent.Parse(bytes));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nd_live_", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00, 0x7b })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xc3, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    public void Invalid_UTF_8_is_a_malformed_payload(byte[] body)
    {
        Assert.False(WebhookEvent.TryParse(body, out _));
        Assert.Throws<WebhookPayloadException>(() => WebhookEvent.Parse(body));
    }

    [Theory]
    [InlineData(65)]
    [InlineData(200)]
    [InlineData(1_000)]
    public void A_deeply_nested_object_is_JSON_and_its_secrets_are_masked(int levels)
    {
        var secret = "nd_live_0123456789abcdef0123";

        var webhookEvent = WebhookEvent.Parse(CreateNested(levels, secret));

        Assert.Equal("ev_1", webhookEvent.Id);
        Assert.DoesNotContain(secret, webhookEvent.AdditionalMembers["a"].GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, webhookEvent.DataJson!.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_001)]
    [InlineData(200_000)]
    public void More_than_1000_levels_are_a_malformed_payload_and_the_message_says_so(int levels)
    {
        var exception = Assert.Throws<WebhookPayloadException>(() => WebhookEvent.Parse(CreateNested(levels, "text")));

        Assert.Contains("deeper than 1000 levels", exception.Message, StringComparison.Ordinal);
    }

    // The body is the first level.
    private static byte[] CreateNested(int levels, string value)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + $"\"{value}\"" + new string('}', levels - 1);
        return Encoding.UTF8.GetBytes($$"""{"id":"ev_1","type":"payout.paid","data":{{nested}},"a":{{nested}}}""");
    }

    [Theory]
    [InlineData(@"\ud83e", "\ufffd")]
    [InlineData(@"a\uD83Eb", "a\ufffdb")]
    [InlineData(@"\udd16\ud83e", "\ufffd\ufffd")]
    [InlineData(@"\ud83e\ud83e\udd16", "\ufffd🤖")]
    [InlineData(@"\ud83e\udd16", "🤖")]
    [InlineData(@"\\ud83e", @"\ud83e")]
    [InlineData(@"\\\ud83e", "\\\ufffd")]
    [InlineData(@"\u0041", "A")]
    public void An_unpaired_surrogate_does_not_fail_the_parsing(string escaped, string expected)
    {
        var read = WebhookEvent.Parse(
            Encoding.UTF8.GetBytes(
                $$$"""{"type":"listing.purchased","id":"{{{escaped}}}","{{{escaped}}}":"{{{escaped}}}","data":{"listing":"{{{escaped}}}","x":["{{{escaped}}}"]}}"""
            )
        );

        var purchase = Assert.IsType<ListingPurchasedEvent>(read).Data!;
        Assert.Equal(expected, read.Id);
        Assert.Equal(expected, purchase.Listing);
        Assert.Equal(expected, read.AdditionalMembers[expected].GetString());
        Assert.Equal(expected, purchase.AdditionalMembers["x"][0].GetString());
        Assert.Equal(expected, read.DataJson?.GetProperty("listing").GetString());
    }
}
