using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a receiver's claim on an event for one handler: the claim key, the owner token and the durations. The receiver passes it to every method of the
/// claim store; each call uses the lease and the retention period of the claim that is passed to it. Immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record WebhookClaim
{
    /// <summary>Initializes a new instance.</summary>
    /// <param name="key">The key to claim.</param>
    /// <param name="ownerToken">The owner token: a unique string, new for each handler invocation.</param>
    /// <param name="lease">The duration for which the claim is held after the store grants or renews it; greater than zero.</param>
    /// <param name="retention">The retention period: the duration for which the store keeps the claim after its last change; greater than zero.</param>
    /// <exception cref="ArgumentException">The owner token is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lease or the retention period is not greater than zero.</exception>
    public WebhookClaim(WebhookClaimKey key, string ownerToken, TimeSpan lease, TimeSpan retention)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(ownerToken);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(retention, TimeSpan.Zero);
        (Key, OwnerToken, Lease, Retention) = (key, ownerToken, lease, retention);
    }

    /// <summary>Gets the key to claim.</summary>
    public WebhookClaimKey Key { get; }

    /// <summary>Gets the owner token, which identifies the holder of the lease. Only the holder can renew, complete or release the claim.</summary>
    public string OwnerToken { get; }

    /// <summary>Gets the duration for which the claim is held after the store grants or renews it.</summary>
    public TimeSpan Lease { get; }

    /// <summary>
    /// Gets the retention period: the duration for which the store keeps the claim (its completion and its number of attempts) after its last change.
    /// </summary>
    public TimeSpan Retention { get; }

    /// <summary>Returns the claim key.</summary>
    /// <returns>The key; secrets are masked.</returns>
    public override string ToString() => Key.MaskedText;
}
