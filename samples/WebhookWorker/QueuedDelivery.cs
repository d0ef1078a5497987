using System.Text;
using NodeData.Sdk.Webhooks;

namespace Sample;

/// <summary>A delivery as received: bytes, not text.</summary>
public sealed record QueuedDelivery(byte[] Body, string? Signature)
{
    public static QueuedDelivery CreateSigned(WebhookSigner signer, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new QueuedDelivery(bytes, signer.Sign(bytes, TimeProvider.System.GetUtcNow()));
    }
}
