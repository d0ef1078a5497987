namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>
/// Provides the verifier that has the current secrets. Get it again for each request: a verifier remains usable for the duration of a call, even after a newer
/// one is created.
/// </summary>
internal interface IWebhookVerifierSource : IDisposable
{
    WebhookVerifier Verifier { get; }
}
