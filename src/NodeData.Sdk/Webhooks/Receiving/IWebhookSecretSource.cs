namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>The verifier with the secrets of now. A verifier once handed out can be used to the end of a call, even where another has taken its place.</summary>
internal interface IWebhookSecretSource : IDisposable
{
    WebhookVerifier Verifier { get; }
}
