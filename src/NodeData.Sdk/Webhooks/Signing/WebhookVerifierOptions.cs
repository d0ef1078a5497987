namespace NodeData.Sdk.Webhooks;

/// <summary>How deliveries are verified. A verifier reads the options when it is made; a later change does not reach it.</summary>
public sealed class WebhookVerifierOptions
{
    /// <summary>The default of <see cref="Tolerance"/>, in seconds.</summary>
    internal const int DefaultToleranceSeconds = 300;

    internal const int MaxToleranceSeconds = 24 * 60 * 60;

    /// <summary>
    /// How far a signature's time may be from now, before or after, the edge included (contract, "Webhook signatures"). Zero to one day. The default is 300
    /// seconds.
    /// </summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromSeconds(DefaultToleranceSeconds);

    /// <summary>
    /// The mode that every secret must have; null, the default, for secrets of any mode, together if need be. A secret that names no mode goes with either.
    /// </summary>
    public KeyMode? RequiredMode { get; set; }

    /// <summary>The clock that tells now. The default is that of the system.</summary>
    public TimeProvider TimeProvider { get; set; } = SystemTime.Provider;

    internal void Check()
    {
        if (Tolerance < TimeSpan.Zero || Tolerance > TimeSpan.FromSeconds(MaxToleranceSeconds))
        {
            throw new NodeDataConfigurationException($"WebhookVerifierOptions.Tolerance is {Tolerance}. Give zero to one day.");
        }

        if (RequiredMode is not (null or KeyMode.Test or KeyMode.Live))
        {
            throw new NodeDataConfigurationException("WebhookVerifierOptions.RequiredMode is neither KeyMode.Test nor KeyMode.Live.");
        }

        if (TimeProvider is null)
        {
            throw new NodeDataConfigurationException("WebhookVerifierOptions.TimeProvider is null. Leave it out for the system's clock.");
        }
    }
}
