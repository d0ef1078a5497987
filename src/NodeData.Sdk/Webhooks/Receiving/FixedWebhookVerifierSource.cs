namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>Provides a verifier with secrets that are passed in code.</summary>
internal sealed class FixedWebhookVerifierSource : IWebhookVerifierSource
{
    private FixedWebhookVerifierSource(WebhookVerifier verifier) => Verifier = verifier;

    public WebhookVerifier Verifier { get; }

    /// <exception cref="ArgumentException">The options contain secrets as well.</exception>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret, the secrets have both modes, or a secret's mode is not the required mode.
    /// </exception>
    public static FixedWebhookVerifierSource Create(IEnumerable<WebhookSecret> secrets, WebhookReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (options.WebhookSecrets is not null)
        {
            throw new ArgumentException(
                "Secrets were passed both as an argument and in WebhookReceiverOptions.WebhookSecrets. Use one of the two.",
                nameof(options)
            );
        }

        var all = secrets.ToList();
        var modes = all.Select(secret => secret?.Mode).Where(mode => mode is not null).Distinct().Count();
        return modes > 1
            ? throw new NodeDataConfigurationException(
                "The secrets of a webhook receiver have both modes. Test and live are isolated: create a receiver for each mode, with different names."
            )
            : new FixedWebhookVerifierSource(new WebhookVerifier(all, options.CreateVerifierOptions()));
    }

    public void Dispose() => Verifier.Dispose();
}
