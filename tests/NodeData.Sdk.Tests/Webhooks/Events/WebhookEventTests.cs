using System.Text;
using NodeData.Sdk.Tests.Webhooks.Signing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Events;

public sealed class WebhookEventTests
{
    [Fact]
    public void A_purchase_is_parsed_as_in_the_contract()
    {
        var purchased = Assert.IsType<ListingPurchasedEvent>(
            Read("""{"id": "evt_433447", "type": "listing.purchased", "data": {"listing": "grip-v0", "amount_cents": 49628}}""")
        );

        Assert.Equal("evt_433447", purchased.Id);
        Assert.Equal(WebhookEventType.ListingPurchased, purchased.Type);
        Assert.Equal(("grip-v0", 49628L), (purchased.Data?.Listing, purchased.Data?.AmountCents));
        Assert.Empty(purchased.Data!.AdditionalMembers);
        Assert.Empty(purchased.AdditionalMembers);
        Assert.Null(purchased.CreatedAt);
    }

    [Theory]
    [InlineData("listing.purchased", typeof(ListingPurchasedEvent))]
    [InlineData("listing.published", typeof(ListingPublishedEvent))]
    [InlineData("asset.downloaded", typeof(AssetDownloadedEvent))]
    [InlineData("payout.paid", typeof(PayoutPaidEvent))]
    [InlineData("robot.moved", typeof(WebhookEvent))]
    [InlineData("Payout.Paid", typeof(WebhookEvent))]
    public void Known_types_have_a_class_and_unknown_types_stay_readable(string type, Type expected)
    {
        var read = Read($$"""{"type":"{{type}}","data":{"speed":3 } }""");

        Assert.Equal(expected, read.GetType());
        Assert.Equal(type, read.Type.Value);
        Assert.Equal(3, read.DataJson?.GetProperty("speed").GetInt32());
        Assert.Equal(expected != typeof(WebhookEvent), read.Type.IsKnown);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":null,"id":null,"created_at":null,"data":null}""")]
    [InlineData("""{"type":"","id":"","created_at":""}""")]
    public void Any_member_may_be_missing(string body)
    {
        var read = Read(body);

        Assert.Equal("", read.Type.Value);
        Assert.Null(read.Id);
        Assert.Null(read.CreatedAt);
        Assert.Null(read.DataJson);
    }

    [Fact]
    public void A_member_of_the_wrong_JSON_type_is_kept_in_AdditionalMembers()
    {
        var read = Read("""{"type":7,"id":8,"created_at":"yesterday","data":[1],"more":true}""");

        Assert.Equal("", read.Type.Value);
        Assert.Equal(["created_at", "id", "more", "type"], read.AdditionalMembers.Keys.Order());
        Assert.Equal(8, read.AdditionalMembers["id"].GetInt32());
        Assert.Equal(1, read.DataJson?.GetArrayLength());
    }

    [Theory]
    [InlineData("2026-08-01T10:00:00Z")]
    [InlineData("2026-08-01T10:00:00.000Z")]
    [InlineData("2026-08-01T12:00:00+02:00")]
    [InlineData("2026-08-01T10:00:00")]
    public void A_time_without_an_offset_is_UTC(string text) =>
        Assert.Equal(new DateTimeOffset(2026, 8, 1, 10, 0, 0, TimeSpan.Zero), Read($$"""{"created_at":"{{text}}"}""").CreatedAt);

    [Theory]
    [InlineData("9223372036854775807", true)]
    [InlineData("-5", true)]
    [InlineData("49628.0", false)]
    [InlineData("4.9e4", false)]
    [InlineData("9223372036854775808", false)]
    [InlineData("\"49628\"", false)]
    public void An_amount_that_is_not_an_integer_is_kept_in_AdditionalMembers(string amount, bool isInteger)
    {
        var data = ((ListingPurchasedEvent)Read($$"""{"type":"listing.purchased","data":{"amount_cents":{{amount}} } }""")).Data!;

        Assert.Equal(isInteger, data.AmountCents is not null);
        Assert.Equal(isInteger, !data.AdditionalMembers.ContainsKey("amount_cents"));
        Assert.Equal(amount, data.AmountCents?.ToString() ?? data.AdditionalMembers["amount_cents"].GetRawText());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    public void Data_that_is_not_an_object_is_read_as_null(string data) =>
        Assert.Null(((ListingPurchasedEvent)Read($$"""{"type":"listing.purchased","data":{{data}} }""")).Data);

    [Fact]
    public void A_byte_order_mark_is_skipped() =>
        Assert.Equal("payout.paid", WebhookEvent.Parse([0xef, 0xbb, 0xbf, .. """{"type":"payout.paid"}"""u8]).Type.Value);

    [Fact]
    public void A_segmented_body_is_parsed_like_a_contiguous_one()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"payout.paid","id":"ev_1"}""");

        Assert.Equal("payout.paid ev_1", WebhookEvent.Parse(BodySegment.Split(body, 3)).ToString());
        Assert.Equal("payout.paid ev_1", WebhookEvent.Parse(BodySegment.Split(body, 100)).ToString());
        Assert.True(WebhookEvent.TryParse(BodySegment.Split(body, 3), out var read));
        Assert.Equal("ev_1", read.Id);
        Assert.False(WebhookEvent.TryParse(BodySegment.Split(body[1..], 3), out _));
    }

    [Fact]
    public void Changing_the_body_after_parsing_has_no_effect()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"payout.paid","data":{"a":"b"}}""");
        var read = WebhookEvent.Parse(body);
        Array.Clear(body);

        Assert.Equal("b", read.DataJson?.GetProperty("a").GetString());
    }

    [Fact]
    public void An_event_can_be_constructed_for_a_test()
    {
        var created = new ListingPurchasedEvent
        {
            Id = "ev_1",
            Data = new ListingPurchase { AmountCents = 5 },
        };

        Assert.Equal("listing.purchased ev_1", created.ToString());
        Assert.Equal(new WebhookEvent("robot.moved"), new WebhookEvent("robot.moved"));
    }

    private static WebhookEvent Read(string body) => WebhookEvent.Parse(Encoding.UTF8.GetBytes(body));
}
