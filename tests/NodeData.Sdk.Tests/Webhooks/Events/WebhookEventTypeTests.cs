using System.Text.Json;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Events;

public sealed class WebhookEventTypeTests
{
    [Fact]
    public void The_known_types_are_those_of_the_contract() =>
        Assert.Equal(
            ["listing.purchased", "listing.published", "asset.downloaded", "payout.paid"],
            WebhookEventType.Known.Select(type => type.Value)
        );

    [Fact]
    public void An_unknown_type_is_serialized_as_a_string()
    {
        WebhookEventType moved = "robot.moved";

        Assert.False(moved.IsKnown);
        Assert.True(((WebhookEventType)"payout.paid").IsKnown);
        Assert.Equal("\"robot.moved\"", JsonSerializer.Serialize(moved));
        Assert.Equal(moved, JsonSerializer.Deserialize<WebhookEventType>("\"robot.moved\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("payout paid")]
    [InlineData("payout.paid\n")]
    [InlineData("pay\u00f6ut")]
    public void An_invalid_type_is_rejected(string text) => Assert.Throws<ArgumentException>(() => new WebhookEventType(text));
}
