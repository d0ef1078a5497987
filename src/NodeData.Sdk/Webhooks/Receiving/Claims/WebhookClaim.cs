using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A claim on a delivery, as a receiver puts it to its log: what is claimed, by whom and for how long. The same claim is handed to each of the log's calls; the
/// times that count are those of the claim that is handed to the very call. Immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record WebhookClaim
{
    /// <summary>A claim.</summary>
    /// <param name="key">What is claimed.</param>
    /// <param name="ownerToken">Who claims: a text that nobody else uses, new for each claim.</param>
    /// <param name="lease">How long the claim holds, from when the log grants or renews it; above zero.</param>
    /// <param name="retention">How long the log remembers the delivery, counted anew from each change; above zero.</param>
    /// <exception cref="ArgumentException">The owner is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above zero.</exception>
    public WebhookClaim(WebhookClaimKey key, string ownerToken, TimeSpan lease, TimeSpan retention)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(ownerToken);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(retention, TimeSpan.Zero);
        (Key, OwnerToken, Lease, Retention) = (key, ownerToken, lease, retention);
    }

    /// <summary>What is claimed.</summary>
    public WebhookClaimKey Key { get; }

    /// <summary>Who claims. Every change to the claim is compared with it, so that only its owner can renew, complete or release it.</summary>
    public string OwnerToken { get; }

    /// <summary>How long the claim holds, from when the log grants or renews it.</summary>
    public TimeSpan Lease { get; }

    /// <summary>How long the log remembers the delivery (that it was completed, or how often it was tried), counted anew from each change.</summary>
    public TimeSpan Retention { get; }

    /// <summary>What is claimed.</summary>
    public override string ToString() => Key.MaskedText;
}
