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

    [Fact]
    public void An_object_nested_too_deeply_is_a_malformed_payload() =>
        Assert.False(
            WebhookEvent.TryParse(
                Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70)),
                out _
            )
        );

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
