namespace NodeData.Sdk.Webhooks;

/// <summary>Options for rotating a webhook secret. Immutable; each member is validated when it is set.</summary>
public sealed record WebhookSecretRotationOptions
{
    private static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(3650);

    private readonly TimeSpan _overlap = TimeSpan.FromHours(24);

    /// <summary>
    /// Gets or initializes the duration of the overlap, during which events are delivered to both endpoints. Use at least the time during which the service
    /// retries a delivery, so that no event is lost when the old endpoint is deleted. From zero to 3650 days. The default is 24 hours.
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
    /// Gets or initializes the delegate that deploys the new secret to every receiver, in addition to the old one, with which requests are still signed. When
    /// the task completes, receivers must accept both secrets. After an interruption, the delegate is called again with a different secret.
    /// </summary>
    public required Func<CreatedWebhookEndpoint, CancellationToken, Task> Deploy { get; init; }
}
