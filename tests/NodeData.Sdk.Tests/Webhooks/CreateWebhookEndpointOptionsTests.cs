using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>Tests of the options of an endpoint, which are validated when they are set.</summary>
public sealed class CreateWebhookEndpointOptionsTests
{
    [Theory]
    [InlineData("https://shop.example/hook")]
    [InlineData("https://shop.example:8443/hook?tenant=7")]
    [InlineData("http://localhost:5000/hook")]
    [InlineData("http://127.0.0.1/hook")]
    [InlineData("http://[::1]:5000/")]
    public void A_URL_is_HTTPS_or_loopback(string url)
    {
        Assert.Equal(new Uri(url), new CreateWebhookEndpointOptions(url).Url);
        Assert.Equal(new Uri(url), new CreateWebhookEndpointOptions(new Uri(url)).Url);
        Assert.Equal(new Uri(url), new UpdateWebhookEndpointOptions { Url = new Uri(url) }.Url);
    }

    [Theory]
    [InlineData("", "is not an absolute http or https URL")]
    [InlineData("shop.example/hook", "is not an absolute http or https URL")]
    [InlineData("/hook", "is not an absolute http or https URL")]
    [InlineData("ftp://shop.example/hook", "is not an absolute http or https URL")]
    [InlineData("http://shop.example/hunter2", "uses http for an address that is not loopback")]
    [InlineData("http://127.0.0.1.shop.example/", "uses http for an address that is not loopback")]
    [InlineData("https://ada:hunter2@shop.example/", "user name or a password")]
    [InlineData("https://hunter2@shop.example/", "user name or a password")]
    [InlineData("https://shop.example/whsec_test_hunter2", "contains a secret")]
    [InlineData("https://shop.example/?key=nd%5flive_hunter2", "contains a secret")]
    public void An_invalid_URL_is_rejected_without_repeating_it(string url, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => new CreateWebhookEndpointOptions(url));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        var asUri = new Uri(url, UriKind.RelativeOrAbsolute);
        Assert.Throws<ArgumentException>(() => new CreateWebhookEndpointOptions(asUri));
        Assert.Throws<ArgumentException>(() => new UpdateWebhookEndpointOptions { Url = asUri });
    }

    [Fact]
    public void Event_types_and_description_are_validated_when_set()
    {
        Assert.Empty(new CreateWebhookEndpointOptions("https://shop.example").Events);
        foreach (var invalid in new[] { "half \ud83e", "see whsec_live_hunter2", "nd_test_hunter2" })
        {
            Assert.Throws<ArgumentException>(() => new CreateWebhookEndpointOptions("https://shop.example") { Description = invalid });
            Assert.Throws<ArgumentException>(() => new UpdateWebhookEndpointOptions { Description = invalid });
        }

        Assert.Throws<ArgumentException>(() => new CreateWebhookEndpointOptions("https://shop.example") { Events = [default] });
        Assert.Throws<ArgumentException>(() => new UpdateWebhookEndpointOptions { Events = ["payout.paid", default] });
        Assert.Throws<ArgumentNullException>(() => new CreateWebhookEndpointOptions("https://shop.example") { Events = null! });
        Assert.ThrowsAny<ArgumentException>(() => new CreateWebhookEndpointOptions("https://shop.example") { IdempotencyKey = "" });
        Assert.Throws<ArgumentNullException>(() => new CreateWebhookEndpointOptions((string)null!));
    }

    [Fact]
    public void Changing_the_list_later_has_no_effect()
    {
        var events = new List<WebhookEventType> { WebhookEventType.PayoutPaid };
        var createOptions = new CreateWebhookEndpointOptions("https://shop.example") { Events = events };
        var updateOptions = new UpdateWebhookEndpointOptions { Events = events };

        events.Clear();

        Assert.Single(createOptions.Events);
        Assert.Single(updateOptions.Events!);
    }
}
