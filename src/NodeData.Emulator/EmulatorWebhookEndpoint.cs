using NodeData.Emulator.Responses;
using NodeData.Emulator.Webhooks;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>A webhook endpoint for all event types that exists when the emulator starts and after a reset. Immutable.</summary>
public sealed record EmulatorWebhookEndpoint
{
    /// <summary>Initializes a new instance of the <see cref="EmulatorWebhookEndpoint"/> class.</summary>
    /// <param name="url">The URL that deliveries are sent to: https, or http on this machine.</param>
    /// <param name="secret">
    /// The secret of the endpoint, fixed so that a receiver can be started with it; do not use a real one. Its mode becomes the endpoint's mode; test if it has
    /// none. Null generates a test-mode secret.
    /// </param>
    /// <exception cref="ArgumentException">The URL is not a valid endpoint URL.</exception>
    public EmulatorWebhookEndpoint(string url, WebhookSecret? secret = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            Url = EndpointChange.ValidateUrl(url);
        }
        catch (ApiErrorException error)
        {
            throw new ArgumentException(error.Message, nameof(url), error);
        }

        Mode = secret?.Mode ?? KeyMode.Test;
        Secret = secret ?? WebhookSecrets.Create(Mode);
    }

    /// <summary>The URL that deliveries are sent to.</summary>
    public string Url { get; }

    /// <summary>The mode, taken from the secret.</summary>
    public KeyMode Mode { get; }

    /// <summary>The secret that deliveries are signed with.</summary>
    public WebhookSecret Secret { get; }
}
