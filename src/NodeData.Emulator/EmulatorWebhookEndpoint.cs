using NodeData.Emulator.Responses;
using NodeData.Emulator.Webhooks;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>A webhook endpoint for all event types that is there from the start, and again after a reset. Immutable.</summary>
public sealed record EmulatorWebhookEndpoint
{
    /// <summary>An endpoint.</summary>
    /// <param name="url">Where deliveries go: https, or http on this machine.</param>
    /// <param name="secret">
    /// A made-up secret of this very text, so that a receiver can be started with it; it is no secret. Its mode is the endpoint's; without a mode, test. Null:
    /// one is made, of the test mode.
    /// </param>
    /// <exception cref="ArgumentException">The address is none that deliveries can go to.</exception>
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

    /// <summary>Where deliveries go.</summary>
    public string Url { get; }

    /// <summary>The mode, from the secret.</summary>
    public KeyMode Mode { get; }

    /// <summary>What its deliveries are signed with.</summary>
    public WebhookSecret Secret { get; }
}
