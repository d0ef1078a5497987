namespace NodeData.Sdk.Webhooks;

/// <summary>Options for verifying webhook requests. They are read when the verifier is constructed; later changes have no effect.</summary>
public sealed class WebhookVerifierOptions
{
    /// <summary>The default of <see cref="Tolerance"/>, in seconds.</summary>
    internal const int DefaultToleranceSeconds = 300;

    internal const int MaxToleranceSeconds = 24 * 60 * 60;

    /// <summary>
    /// Gets or sets the maximum difference, inclusive, between a signature's time and the current time, in both directions (contract, "Webhook signatures").
    /// From zero to one day. The default is 300 seconds.
    /// </summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromSeconds(DefaultToleranceSeconds);

    /// <summary>
    /// Gets or sets the mode that every secret must have; null for secrets of any mode, which can be combined. A secret without a mode is accepted with either
    /// mode. The default is null.
    /// </summary>
    public KeyMode? RequiredMode { get; set; }

    /// <summary>Gets or sets the clock. The default is the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal void Validate()
    {
        if (Tolerance < TimeSpan.Zero || Tolerance > TimeSpan.FromSeconds(MaxToleranceSeconds))
        {
            throw new NodeDataConfigurationException($"WebhookVerifierOptions.Tolerance is {Tolerance}. It must be from zero to one day.");
        }

        if (RequiredMode is not (null or KeyMode.Test or KeyMode.Live))
        {
            throw new NodeDataConfigurationException(
                "WebhookVerifierOptions.RequiredMode is neither KeyMode.Test nor KeyMode.Live. Use one of them, or null for any mode."
            );
        }

        if (TimeProvider is null)
        {
            throw new NodeDataConfigurationException(
                "WebhookVerifierOptions.TimeProvider is null. Leave it unset to use the system clock."
            );
        }
    }
}
