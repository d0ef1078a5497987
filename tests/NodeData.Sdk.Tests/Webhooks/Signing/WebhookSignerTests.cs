using System.Text;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class WebhookSignerTests
{
    [Fact]
    public void A_header_has_the_format_of_the_contract()
    {
        using var signer = new WebhookSigner(Secret);

        Assert.Equal(CreateHeader(), signer.Sign(Body, SignedAt));
        Assert.Equal(CreateHeader(), signer.Sign(Encoding.UTF8.GetString(Body), SignedAt));
    }

    [Fact]
    public void A_time_is_truncated_to_whole_seconds()
    {
        using var signer = new WebhookSigner(Secret);

        Assert.Equal(CreateHeader(), signer.Sign(Body, SignedAt.AddMilliseconds(999).ToOffset(TimeSpan.FromHours(5))));
    }

    [Fact]
    public void Each_secret_adds_a_signature_in_order()
    {
        using var signer = new WebhookSigner([OtherSecret, Secret]);

        Assert.Equal($"t={UnixSeconds},v1={ComputeSignature(OtherSecret)},v1={ComputeSignature(Secret)}", signer.Sign(Body, SignedAt));
    }

    [Fact]
    public void A_time_that_the_header_cannot_represent_is_rejected()
    {
        using var signer = new WebhookSigner(Secret);

        Assert.Throws<ArgumentOutOfRangeException>(() => signer.Sign(Body, DateTimeOffset.UnixEpoch));
        Assert.StartsWith("t=1,", signer.Sign(Body, DateTimeOffset.UnixEpoch.AddSeconds(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signer_requires_a_secret() => Assert.Throws<NodeDataConfigurationException>(() => new WebhookSigner([]));

    [Fact]
    public void A_disposed_signer_throws()
    {
        var signer = new WebhookSigner(Secret);
        signer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => signer.Sign(Body, SignedAt));
    }
}
