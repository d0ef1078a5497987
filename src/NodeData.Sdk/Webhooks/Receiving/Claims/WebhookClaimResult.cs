using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>What a log says to a claim: granted, held by another, or completed already. <c>default</c> is held by another. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct WebhookClaimResult
{
    private WebhookClaimResult(int attempt, bool isCompleted, TimeSpan leaseLeft)
    {
        Attempt = attempt;
        IsCompleted = isCompleted;
        RemainingLease = leaseLeft;
    }

    /// <summary>The delivery was completed before: it must not be handled again.</summary>
    public static WebhookClaimResult Completed { get; } = new(0, true, TimeSpan.Zero);

    /// <summary>Whether the claim was granted.</summary>
    public bool IsClaimed => Attempt > 0;

    /// <summary>Whether the delivery was completed before.</summary>
    public bool IsCompleted { get; }

    /// <summary>Which claim on the delivery this is: 1 for the first; 0 where none was granted. A release does not set it back.</summary>
    public int Attempt { get; }

    /// <summary>Where another holds the claim: how long its lease still runs, if nobody renews it.</summary>
    public TimeSpan RemainingLease { get; }

    /// <summary>The claim is granted, or was granted before to the very same owner.</summary>
    /// <param name="attempt">Which claim on the delivery this is, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The attempt is below 1.</exception>
    public static WebhookClaimResult Claimed(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return new(attempt, false, TimeSpan.Zero);
    }

    /// <summary>Another holds the claim.</summary>
    /// <param name="remainingLease">How long its lease still runs; zero where that is not known.</param>
    public static WebhookClaimResult InProgress(TimeSpan remainingLease) => new(0, false, remainingLease);

    /// <summary>What the log said, in words.</summary>
    public override string ToString() =>
        IsClaimed ? $"claimed, attempt {Attempt}"
        : IsCompleted ? "completed"
        : "in progress";
}
