using System.Text;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class WebhookSignerTests
{
    [Fact]
    public void A_header_is_written_as_the_contract_says()
    {
        using var signer = new WebhookSigner(Secret);

        Assert.Equal(Header(), signer.Sign(Body, Moment));
        Assert.Equal(Header(), signer.Sign(Encoding.UTF8.GetString(Body), Moment));
    }

    [Fact]
    public void A_time_within_a_second_is_rounded_down()
    {
        using var signer = new WebhookSigner(Secret);

        Assert.Equal(Header(), signer.Sign(Body, Moment.AddMilliseconds(999).ToOffset(TimeSpan.FromHours(5))));
    }

    [Fact]
    public void Each_of_several_secrets_gives_a_signature_in_their_order()
    {
        using var signer = new WebhookSigner([OtherSecret, Secret]);

        Assert.Equal($"t={UnixSeconds},v1={Tag(OtherSecret)},v1={Tag(Secret)}", signer.Sign(Body, Moment));
    }

    [Fact]
    public void A_time_that_the_header_cannot_say_is_refused()
    {
        using var signer = new WebhookSigner(Secret);

        Assert.Throws<ArgumentOutOfRangeException>(() => signer.Sign(Body, DateTimeOffset.UnixEpoch));
        Assert.StartsWith("t=1,", signer.Sign(Body, DateTimeOffset.UnixEpoch.AddSeconds(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signer_needs_a_secret() => Assert.Throws<NodeDataConfigurationException>(() => new WebhookSigner([]));

    [Fact]
    public void A_disposed_signer_says_so()
    {
        var signer = new WebhookSigner(Secret);
        signer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => signer.Sign(Body, Moment));
    }
}
