namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>Provides the verifier with the current secrets. A verifier remains usable for the duration of a call, even after it is replaced.</summary>
internal interface IWebhookSecretSource : IDisposable
{
    WebhookVerifier Verifier { get; }
}
