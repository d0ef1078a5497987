namespace NodeData.Sdk.Webhooks;

/// <summary>Options for rotating a webhook secret. Immutable; each member is validated when it is set.</summary>
public sealed record WebhookSecretRotationOptions
{
    private static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(3650);

    private readonly TimeSpan _overlap = TimeSpan.FromHours(24);

    /// <summary>
    /// The time during which events are delivered to both endpoints. Use at least the time during which the service retries a delivery, so that no event is
    /// lost with the old endpoint. From zero to 3650 days. The default is 24 hours.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or greater than 3650 days.</exception>
    public TimeSpan Overlap
    {
        get => _overlap;
        init =>
            _overlap =
                value >= TimeSpan.Zero && value <= MaxOverlap
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(value),
                        value,
                        $"The overlap must be from {TimeSpan.Zero} to {MaxOverlap}."
                    );
    }

    /// <summary>
    /// Deploys the new secret to every receiver in addition to the old one, which continues to sign deliveries meanwhile. When the task completes, receivers
    /// must accept both. After an interruption it is called again with another secret.
    /// </summary>
    public required Func<CreatedWebhookEndpoint, CancellationToken, Task> Deploy { get; init; }
}
