namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>Secrets that were given in the code.</summary>
internal sealed class FixedWebhookSecrets : IWebhookSecretSource
{
    private FixedWebhookSecrets(WebhookVerifier verifier) => Verifier = verifier;

    public WebhookVerifier Verifier { get; }

    /// <exception cref="ArgumentException">The options name secrets as well.</exception>
    /// <exception cref="NodeDataConfigurationException">There is none, or they are of both modes, or not of the required one.</exception>
    public static FixedWebhookSecrets Create(IEnumerable<WebhookSecret> secrets, WebhookReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (options.WebhookSecrets is not null)
        {
            throw new ArgumentException(
                "Secrets were given, and WebhookReceiverOptions.WebhookSecrets as well. Give one of them.",
                nameof(options)
            );
        }

        var all = secrets.ToList();
        var modes = all.Select(secret => secret?.Mode).Where(mode => mode is not null).Distinct().Count();
        return modes > 1
            ? throw new NodeDataConfigurationException(
                "The secrets of a webhook receiver are of both modes, and test and live never meet. Make a receiver for each mode, each with a name of its own."
            )
            : new FixedWebhookSecrets(new WebhookVerifier(all, options.CreateVerifierOptions()));
    }

    public void Dispose() => Verifier.Dispose();
}
