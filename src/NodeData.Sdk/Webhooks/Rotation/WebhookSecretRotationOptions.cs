namespace NodeData.Sdk.Webhooks;

/// <summary>How a webhook secret is to be rotated. Immutable; each member is checked where it is set.</summary>
public sealed record WebhookSecretRotationOptions
{
    private static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(3650);

    private readonly TimeSpan _overlap = TimeSpan.FromHours(24);

    /// <summary>
    /// How long events are delivered to both endpoints: at least as long as the service goes on delivering an event again, so that none is lost with the old
    /// endpoint. Zero or more, ten years at most. The default is 24 hours.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than ten years.</exception>
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
                        $"A time from {TimeSpan.Zero} to {MaxOverlap} is expected."
                    );
    }

    /// <summary>
    /// Gives the new secret to every receiver, beside the old one, which goes on signing meanwhile. When this completes, receivers must accept both. Called
    /// again after an interruption, with another secret.
    /// </summary>
    public required Func<CreatedWebhookEndpoint, CancellationToken, Task> Deploy { get; init; }
}
